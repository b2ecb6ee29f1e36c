import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What an arrival meant. Positions become visible in their own order, see change-log.ts. */
@Entity('article_change')
@Index(
  'article_change_cause',
  ['causedTopic', 'causedPartition', 'causedOffset', 'parserGeneration'],
  { unique: true },
)
@Index('article_change_article_id', ['articleId', 'position'])
@Index('article_change_told', { synchronize: false })
export class ArticleChangeEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'article_change_pkey',
  })
  position!: string;

  @Column({ type: 'uuid', name: 'article_id' })
  articleId!: string;

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  /** Null where a person caused it. */
  @Column({ type: 'text', name: 'caused_topic', nullable: true })
  causedTopic!: string | null;

  @Column({ type: 'integer', name: 'caused_partition', nullable: true })
  causedPartition!: number | null;

  @Column({ type: 'bigint', name: 'caused_offset', nullable: true })
  causedOffset!: string | null;

  @Column({ type: 'integer', name: 'parser_generation', nullable: true })
  parserGeneration!: number | null;
}
