import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { SourceEntity } from '../sources/source.entity.ts';

/** A subscription at the hub that a source names. */
@Entity('websub')
@Index('websub_token', ['token'], { unique: true })
export class WebsubEntity {
  @PrimaryColumn({ type: 'uuid', name: 'source_id', primaryKeyConstraintName: 'websub_pkey' })
  sourceId!: string;

  @OneToOne(() => SourceEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'source_id', foreignKeyConstraintName: 'websub_source_id_fkey' })
  source!: SourceEntity;

  /** Last part of the callback's address. */
  @Column({ type: 'text' })
  token!: string;

  /** Key of the hub's signatures. */
  @Column({ type: 'text' })
  secret!: string;

  @Column({ type: 'text' })
  hub!: string;

  @Column({ type: 'text' })
  topic!: string;

  /** Requests since the hub last confirmed one. */
  @Column({ type: 'integer', default: 0 })
  failures!: number;

  @Column({ type: 'timestamptz', name: 'renew_at' })
  renewAt!: Date;

  /** Until when the hub pushes; null where it does not. */
  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;
}
