import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Up to which position of the change log articles have been put into stories. One row. */
@Entity('story_progress')
export class StoryProgressEntity {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'story_progress_pkey' })
  id!: number;

  @Column({ type: 'bigint' })
  position!: string;
}
