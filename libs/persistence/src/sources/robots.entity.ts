import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an origin's robots.txt said when it was last asked for. */
@Entity('robots')
export class RobotsEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'robots_pkey' })
  origin!: string;

  /** rules, allow-all or disallow-all. */
  @Column({ type: 'text' })
  verdict!: string;

  /** The file; empty where there is none. */
  @Column({ type: 'text' })
  rules!: string;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  /** Since when it cannot be had; null while it can. */
  @Column({ type: 'timestamptz', name: 'unreachable_since', nullable: true })
  unreachableSince!: Date | null;
}
