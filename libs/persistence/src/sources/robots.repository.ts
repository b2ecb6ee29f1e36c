import type { Pool } from 'pg';
import { queryOf, type Query } from '../database/session.ts';
import { storable } from '../database/storable-values.ts';

/** What an origin's robots.txt said when it was last asked for. */
export interface StoredRobots {
  readonly verdict: 'rules' | 'allow-all' | 'disallow-all';
  /** The file as text; empty where there is none. */
  readonly rules: string;
  readonly expiresAt: Date;
  /** Since when it cannot be had; null while it can. */
  readonly unreachableSince: Date | null;
}

interface RobotsRow {
  readonly verdict: StoredRobots['verdict'];
  readonly rules: string;
  readonly expires_at: Date;
  readonly unreachable_since: Date | null;
}

const FIND = 'SELECT verdict, rules, expires_at, unreachable_since FROM robots WHERE origin = $1';

const SAVE = `
  INSERT INTO robots (origin, verdict, rules, expires_at, unreachable_since) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (origin) DO UPDATE
     SET verdict = excluded.verdict, rules = excluded.rules, expires_at = excluded.expires_at,
         unreachable_since = excluded.unreachable_since`;

/** The robots.txt files of all origins, shared by all fetchers. */
export class RobotsRepository {
  private readonly query: Query;

  constructor(pool: Pool) {
    this.query = queryOf(pool);
  }

  /** @param origin scheme, host and port, as `URL.origin` writes them */
  async find(origin: string): Promise<StoredRobots | null> {
    const [row] = await this.query<RobotsRow>(FIND, [origin]);
    if (row === undefined) return null;
    const { verdict, rules, expires_at: expiresAt, unreachable_since: unreachableSince } = row;
    return { verdict, rules, expiresAt, unreachableSince };
  }

  async save(origin: string, robots: StoredRobots): Promise<void> {
    const { verdict, rules, expiresAt, unreachableSince } = robots;
    await this.query(SAVE, [origin, verdict, storable(rules), expiresAt, unreachableSince]);
  }
}
