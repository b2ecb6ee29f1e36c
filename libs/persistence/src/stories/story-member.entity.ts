import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** An article in its story. Copies have no terms: they go where their original is. */
@Entity('story_member')
@Unique('story_member_article_id_key', ['articleId'])
@Index('story_member_story_id', ['storyId', 'at', 'articleId'])
export class StoryMemberEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'story_member_pkey',
  })
  number!: number;

  @Column({ type: 'uuid', name: 'article_id' })
  articleId!: string;

  @Column({ type: 'uuid', name: 'story_id' })
  storyId!: string;

  /** When it was published or first seen. */
  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'integer', array: true })
  terms!: number[];
}
