import { Column } from 'typeorm';

/** The columns that a current and a superseded revision share; see content-columns.ts. */
export class ArticleContentColumns {
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
}
