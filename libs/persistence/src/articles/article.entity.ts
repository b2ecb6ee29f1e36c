import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The current revision of an article. Written by the bulk statements alone, see write-statements.ts. */
@Entity('article')
@Index('article_sort_at', ['sortAt', 'id'], { where: '(duplicate_of IS NULL)' })
@Index('article_first_seen_at', ['firstSeenAt', 'id'], { where: '(duplicate_of IS NULL)' })
@Index('article_site', ['site', 'sortAt', 'id'], { where: '(duplicate_of IS NULL)' })
@Index('article_search_config', ['searchConfig', 'sortAt', 'id'], {
  where: '(duplicate_of IS NULL)',
})
@Index('article_duplicate_of', ['duplicateOf'], { where: '(duplicate_of IS NOT NULL)' })
@Index('article_copy_of', ['copyOf'], { where: '(copy_of IS NOT NULL)' })
@Index('article_search_by_day', { synchronize: false })
@Index('article_source_id', { synchronize: false })
@Index('article_source_name', { synchronize: false })
export class ArticleEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'article_pkey' })
  id!: string;

  @Column({ type: 'text', nullable: true })
  url!: string | null;

  @Column({ type: 'text', name: 'canonical_url', nullable: true })
  canonicalUrl!: string | null;

  @Column({ type: 'text', nullable: true })
  site!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  source!: object | null;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Column({ type: 'text', nullable: true })
  dateline!: string | null;

  @Column({ type: 'text', array: true })
  authors!: string[];

  @Column({ type: 'timestamptz', name: 'published_at', nullable: true })
  publishedAt!: Date | null;

  @Column({ type: 'text', name: 'published_at_precision', nullable: true })
  publishedAtPrecision!: string | null;

  @Column({ type: 'text', name: 'published_at_offset', nullable: true })
  publishedAtOffset!: string | null;

  @Column({ type: 'timestamptz', name: 'modified_at', nullable: true })
  modifiedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  language!: string | null;

  @Column({ type: 'text' })
  text!: string;

  @Column({ type: 'text' })
  html!: string;

  @Column({ type: 'jsonb', nullable: true })
  image!: object | null;

  @Column({ type: 'text', nullable: true })
  section!: string | null;

  @Column({ type: 'text', array: true })
  categories!: string[];

  @Column({ type: 'text', array: true })
  keywords!: string[];

  @Column({ type: 'integer', name: 'word_count' })
  wordCount!: number;

  @Column({ type: 'boolean' })
  paywalled!: boolean;

  @Column({ type: 'boolean' })
  truncated!: boolean;

  @Column({ type: 'text', name: 'content_hash' })
  contentHash!: string;

  @Column({ type: 'jsonb' })
  provenance!: object;

  @Column({ type: 'timestamptz', name: 'fetched_at' })
  fetchedAt!: Date;

  @Column({ type: 'timestamptz', name: 'appended_at' })
  appendedAt!: Date;

  @Column({ type: 'integer', name: 'parser_generation' })
  parserGeneration!: number;

  /** Over every field but title and text: tells refreshed from unchanged without reading them back. */
  @Column({ type: 'text', name: 'fields_hash' })
  fieldsHash!: string;

  @Column({ type: 'uuid', name: 'duplicate_of', nullable: true })
  duplicateOf!: string | null;

  /** The article whose text this one copies; it is shown like any other. */
  @Column({ type: 'uuid', name: 'copy_of', nullable: true })
  copyOf!: string | null;

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'timestamptz', name: 'first_seen_at' })
  firstSeenAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  @Column({ type: 'timestamptz', name: 'sort_at' })
  sortAt!: Date;

  @Column({ type: 'text', name: 'search_config' })
  searchConfig!: string;

  /** Declared so that the drift check knows it; never read or written through the entity. */
  @Column({
    type: 'tsvector',
    name: 'search_vector',
    select: false,
    insert: false,
    update: false,
  })
  searchVector!: never;
}
