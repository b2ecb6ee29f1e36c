import { readRobots, type RobotsRules } from '@broadsheet/crawl-policy';
import type { StoredRobots } from '@broadsheet/persistence';
import type { RobotsCause } from './robots-refusal.ts';

export interface KnownRobots {
  readonly stored: StoredRobots;
  /** Null where the verdict is the same for every address. */
  readonly rules: RobotsRules | null;
  readonly cause: RobotsCause | null;
}

/** Characters of all files kept; the oldest go first. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
const MAX_ORIGINS = 20_000;
const AGENT = 'Broadsheet';

/** Files that were read lately, so that not every request costs a query and a parse. */
export class RobotsMemory {
  private readonly known = new Map<string, KnownRobots>();
  private characters = 0;

  find(origin: string, nowMs: number): KnownRobots | null {
    const known = this.known.get(origin);
    return known !== undefined && known.stored.expiresAt.getTime() > nowMs ? known : null;
  }

  keep(origin: string, stored: StoredRobots, cause: RobotsCause | null): KnownRobots {
    const rules = stored.verdict === 'rules' ? readRobots(stored.rules, AGENT, origin) : null;
    const known = { stored, rules, cause };
    this.forget(origin);
    this.known.set(origin, known);
    this.characters += stored.rules.length;
    while (this.characters > MAX_CHARACTERS || this.known.size > MAX_ORIGINS) {
      const [oldest] = this.known.keys();
      if (oldest === undefined || oldest === origin) break;
      this.forget(oldest);
    }
    return known;
  }

  private forget(origin: string): void {
    this.characters -= this.known.get(origin)?.stored.rules.length ?? 0;
    this.known.delete(origin);
  }
}
