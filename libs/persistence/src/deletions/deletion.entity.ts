import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An order to delete one article, by a person or by the retention; carried out and removed by the indexer. */
@Entity('deletion')
export class DeletionEntity {
  @PrimaryColumn({
    type: 'uuid',
    name: 'article_id',
    primaryKeyConstraintName: 'deletion_pkey',
  })
  articleId!: string;

  @Column({ type: 'timestamptz', name: 'requested_at' })
  requestedAt!: Date;

  @Column({ type: 'text', default: 'person' })
  reason!: string;

  /** What is still to be published; null until the article is gone. */
  @Column({ type: 'jsonb', nullable: true })
  events!: object | null;
}
