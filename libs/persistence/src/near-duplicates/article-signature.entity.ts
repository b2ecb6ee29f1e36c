import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** What leads from an article to those with much the same text; see signText in libs/article. */
@Entity('article_signature')
@Unique('article_signature_article_id_key', ['articleId'])
@Index('article_signature_written_by', ['writtenBy'])
export class ArticleSignatureEntity {
  /** Stands for the article in article_band, in a quarter of the space. */
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'article_signature_pkey',
  })
  number!: number;

  @Column({ type: 'uuid', name: 'article_id' })
  articleId!: string;

  @Column({ type: 'bytea' })
  sketch!: Buffer;

  @Column({ type: 'integer', array: true })
  bands!: number[];

  /** The transaction that wrote it: tells what has become visible since a snapshot. */
  @Column({ type: 'bigint', name: 'written_by' })
  writtenBy!: string;
}
