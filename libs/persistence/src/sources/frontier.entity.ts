import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A page or a sitemap to fetch; once it is done the row stays, as the memory of what is known. */
@Entity('frontier')
@Index('frontier_done', ['foundAt'], { where: 'due_at IS NULL' })
@Index('frontier_due', ['host', 'dueAt'], { where: 'due_at IS NOT NULL' })
export class FrontierEntity {
  @PrimaryColumn({
    type: 'uuid',
    name: 'address_id',
    primaryKeyConstraintName: 'frontier_pkey',
  })
  addressId!: string;

  @Column({ type: 'text' })
  url!: string;

  @Column({ type: 'text' })
  host!: string;

  @Column({ type: 'uuid', name: 'source_id' })
  sourceId!: string;

  @Column({ type: 'jsonb' })
  hints!: object;

  /** The redirects that led to `host`; none while it is the host of the address itself. */
  @Column({ type: 'jsonb', default: [] })
  redirects!: object;

  @Column({ type: 'timestamptz', name: 'found_at' })
  foundAt!: Date;

  /** Null once nothing remains to be done. */
  @Column({ type: 'timestamptz', name: 'due_at', nullable: true })
  dueAt!: Date | null;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz', name: 'fetched_at', nullable: true })
  fetchedAt!: Date | null;

  @Column({ type: 'text', name: 'last_error_code', nullable: true })
  lastErrorCode!: string | null;

  /** page or sitemap. */
  @Column({ type: 'text', default: 'page' })
  kind!: string;

  @Column({ type: 'text', nullable: true })
  etag!: string | null;

  @Column({ type: 'text', name: 'last_modified', nullable: true })
  lastModified!: string | null;

  @Column({ type: 'text', name: 'body_hash', nullable: true })
  bodyHash!: string | null;
}
