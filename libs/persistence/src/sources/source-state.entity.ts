import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { SourceEntity } from './source.entity.ts';

/** How following a source goes, as the fetcher keeps it. */
@Entity('source_state')
@Index('source_state_due', ['host', 'nextPollAt'], { where: 'next_poll_at IS NOT NULL' })
export class SourceStateEntity {
  @PrimaryColumn({
    type: 'uuid',
    name: 'source_id',
    primaryKeyConstraintName: 'source_state_pkey',
  })
  sourceId!: string;

  @OneToOne(() => SourceEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'source_id', foreignKeyConstraintName: 'source_state_source_id_fkey' })
  source!: SourceEntity;

  @Column({ type: 'integer', name: 'source_revision' })
  sourceRevision!: number;

  @Column({ type: 'text' })
  host!: string;

  /** The redirects that led to `host`; none while it is the host of the address itself. */
  @Column({ type: 'jsonb', default: [] })
  redirects!: object;

  /** Null while the source is paused. */
  @Column({ type: 'timestamptz', name: 'next_poll_at', nullable: true })
  nextPollAt!: Date | null;

  @Column({ type: 'text', name: 'next_poll_reason' })
  nextPollReason!: string;

  /** Why the last poll asked for the whole document; null where it went by what was known of it. */
  @Column({ type: 'text', name: 'asked_whole_because', nullable: true })
  askedWholeBecause!: string | null;

  @Column({ type: 'integer', name: 'interval_ms', nullable: true })
  intervalMs!: number | null;

  @Column({ type: 'integer', name: 'consecutive_failures', default: 0 })
  consecutiveFailures!: number;

  @Column({ type: 'text', nullable: true })
  etag!: string | null;

  @Column({ type: 'text', name: 'last_modified', nullable: true })
  lastModified!: string | null;

  @Column({ type: 'text', name: 'body_hash', nullable: true })
  bodyHash!: string | null;

  @Column({ type: 'timestamptz', name: 'last_polled_at', nullable: true })
  lastPolledAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'last_success_at', nullable: true })
  lastSuccessAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'last_error_at', nullable: true })
  lastErrorAt!: Date | null;

  @Column({ type: 'text', name: 'last_error_code', nullable: true })
  lastErrorCode!: string | null;

  @Column({ type: 'text', name: 'last_error_detail', nullable: true })
  lastErrorDetail!: string | null;

  @Column({ type: 'bigint', name: 'items_seen', default: 0 })
  itemsSeen!: string;

  /** New items, those of long ago counting for little. */
  @Column({ type: 'double precision', name: 'recent_items', default: 0 })
  recentItems!: number;

  /** When the last of them were counted. */
  @Column({ type: 'timestamptz', name: 'recent_items_at', nullable: true })
  recentItemsAt!: Date | null;

  /** Where the source is asked, when that is not the address its owner gave: found there, or moved to. */
  @Column({ type: 'text', name: 'feed_url', nullable: true })
  feedUrl!: string | null;

  /** What the fetcher's next decisions need to know. */
  @Column({ type: 'jsonb', default: {} })
  memory!: object;

  @Column({ type: 'timestamptz', name: 'last_item_at', nullable: true })
  lastItemAt!: Date | null;

  /** Usual time between two polls with news. */
  @Column({ type: 'bigint', name: 'item_gap_ms', nullable: true })
  itemGapMs!: string | null;

  @Column({ type: 'integer', name: 'item_gaps', default: 0 })
  itemGaps!: number;
}
