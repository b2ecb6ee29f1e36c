import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A feed that is followed, as people manage it. */
@Entity('source')
@Index('source_url', ['url'], { unique: true })
@Index('source_added', ['createdAt', 'id'])
export class SourceEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'source_pkey' })
  id!: string;

  @Column({ type: 'text' })
  url!: string;

  @Column({ type: 'text' })
  host!: string;

  @Column({ type: 'text', nullable: true })
  name!: string | null;

  /** Where it lies in a list of subscriptions. */
  @Column({ type: 'text', nullable: true })
  folder!: string | null;

  /** CSS: which links of a listing page are its articles. */
  @Column({ type: 'text', nullable: true })
  selector!: string | null;

  @Column({ type: 'boolean', default: true })
  enabled!: boolean;

  /** Raised by every change; the fetcher compares it with what it has taken up. */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;
}
