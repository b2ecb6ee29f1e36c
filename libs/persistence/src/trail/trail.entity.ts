import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('trail')
@Index('trail_subject', ['subject'])
@Index('trail_record', ['record'], { where: '(record IS NOT NULL)' })
export class TrailEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'trail_pkey' })
  id!: string;

  @Column({ type: 'uuid' })
  subject!: string;

  @Column({ type: 'text' })
  step!: string;

  @Column({ type: 'text' })
  service!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text', nullable: true })
  url!: string | null;

  @Column({ type: 'text', nullable: true })
  record!: string | null;

  @Column({ type: 'uuid', name: 'article_id', nullable: true })
  articleId!: string | null;

  @Column({ type: 'text', nullable: true })
  code!: string | null;

  @Column({ type: 'jsonb' })
  detail!: object;
}
