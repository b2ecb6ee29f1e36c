import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Something that a hub said, until the fetcher has dealt with it. */
@Entity('websub_message')
export class WebsubMessageEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'websub_message_pkey',
  })
  id!: string;

  @Column({ type: 'uuid', name: 'source_id' })
  sourceId!: string;

  /** confirmed, denied or content. */
  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'integer', name: 'lease_seconds', nullable: true })
  leaseSeconds!: number | null;

  @Column({ type: 'text', name: 'content_type', nullable: true })
  contentType!: string | null;

  @Column({ type: 'bytea', nullable: true })
  body!: Buffer | null;

  @Column({ type: 'timestamptz', name: 'received_at' })
  receivedAt!: Date;
}
