import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A deleted article: `person` refuses every later arrival, `retention` those older than its limit. */
@Entity('article_tombstone')
export class ArticleTombstoneEntity {
  @PrimaryColumn({
    type: 'uuid',
    name: 'article_id',
    primaryKeyConstraintName: 'article_tombstone_pkey',
  })
  articleId!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;
}
