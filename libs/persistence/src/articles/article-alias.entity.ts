import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * An address of an article. It always points to the visible row, never to a duplicate. No foreign key:
 * the addresses of a deleted article still have to lead to its tombstone.
 */
@Entity('article_alias')
@Index('article_alias_article_id', ['articleId'])
export class ArticleAliasEntity {
  @PrimaryColumn({
    type: 'uuid',
    name: 'address_id',
    primaryKeyConstraintName: 'article_alias_pkey',
  })
  addressId!: string;

  @Column({ type: 'uuid', name: 'article_id' })
  articleId!: string;

  @Column({ type: 'text' })
  url!: string;
}
