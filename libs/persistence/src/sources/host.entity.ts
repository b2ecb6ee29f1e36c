import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** When a host may be asked again. */
@Entity('host')
@Index('host_turn', ['turnAt'], { where: 'turn_at IS NOT NULL' })
export class HostEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'host_pkey' })
  host!: string;

  /** End of the lease while somebody talks to it, else of the pause after that. */
  @Column({ type: 'timestamptz', name: 'free_at' })
  freeAt!: Date;

  /** When the host has its next turn; null where nothing waits for it. */
  @Column({ type: 'timestamptz', name: 'turn_at', nullable: true })
  turnAt!: Date | null;
}
