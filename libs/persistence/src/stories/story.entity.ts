import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A story of several articles; one of a single article has no row. */
@Entity('story')
@Index('story_last_at', ['lastAt', 'id'])
@Index('story_size', ['size', 'id'])
export class StoryEntity {
  /** The id of its first article. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'story_pkey' })
  id!: string;

  @Column({ type: 'integer' })
  size!: number;

  @Column({ type: 'timestamptz', name: 'first_at' })
  firstAt!: Date;

  @Column({ type: 'timestamptz', name: 'last_at' })
  lastAt!: Date;
}
