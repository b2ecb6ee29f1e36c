import { Entity, PrimaryColumn } from 'typeorm';

/** Leads from a term to the articles of some days that have it; term 0 is in all of them. */
@Entity('story_term')
export class StoryTermEntity {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'story_term_pkey' })
  term!: number;

  /** Since 1970. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'story_term_pkey' })
  hour!: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'story_term_pkey' })
  number!: number;
}
