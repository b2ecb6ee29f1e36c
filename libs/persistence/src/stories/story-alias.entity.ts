import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The story that took in one of this id, so that old links go on leading somewhere. */
@Entity('story_alias')
@Index('story_alias_story_id', ['storyId'])
export class StoryAliasEntity {
  @PrimaryColumn({ type: 'uuid', name: 'alias_id', primaryKeyConstraintName: 'story_alias_pkey' })
  aliasId!: string;

  @Column({ type: 'uuid', name: 'story_id' })
  storyId!: string;
}
