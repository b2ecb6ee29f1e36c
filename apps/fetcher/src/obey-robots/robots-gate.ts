import { decideRobots, decodeRobots, pauseBetweenRequests } from '@broadsheet/crawl-policy';
import type { FetchOutcome, FetchRequest } from '@broadsheet/http-client';
import type { StoredRobots } from '@broadsheet/persistence';
import { RobotsMemory, type KnownRobots } from './robots-memory.ts';
import {
  ROBOTS_DENIED,
  robotsUnreachable,
  type RobotsCause,
  type RobotsRefusal,
} from './robots-refusal.ts';

export interface RobotsFetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
}

/** What all fetchers know of robots.txt files. */
export interface RobotsStore {
  find(origin: string): Promise<StoredRobots | null>;
  save(origin: string, robots: StoredRobots): Promise<void>;
}

export interface RobotsJudgement {
  /** Null where the address may be fetched. */
  readonly refusal: RobotsRefusal | null;
  /** Pause after the request that the host is due. */
  readonly pauseMs: number;
  readonly sitemaps: readonly string[];
}

export interface RobotsGateSettings {
  readonly nowMs: () => number;
  readonly hostDelayMs: number;
  /** Whole time that the exchange about one file may take. */
  readonly timeoutMs: number;
}

const ACCEPT = 'text/plain, */*;q=0.5';
/** What lies beyond is not read, but the rules before it hold (RFC 9309 §2.5). */
const MAX_ROBOTS_BYTES = 512 * 1024;
/** RFC 9309 §2.3.1.2; those to other hosts included, whose turns are not waited for. */
const MAX_ROBOTS_REDIRECTS = 5;
/** What a request that is refused on our side counts as: there is no file that could forbid anything. */
const NO_FILE_STATUS = 404;

function statusOf(outcome: FetchOutcome): number | null {
  switch (outcome.kind) {
    case 'fetched':
    case 'failed':
      return outcome.status;
    case 'not-modified':
    case 'refused':
      return NO_FILE_STATUS;
  }
}

function causeOf(outcome: FetchOutcome): RobotsCause | null {
  if (outcome.kind !== 'failed') return null;
  const code = outcome.code === 'HTTP_STATUS' ? 'ROBOTS_UNREACHABLE' : outcome.code;
  return { code, detail: outcome.detail };
}

function toJudgement(known: KnownRobots, url: string, hostDelayMs: number): RobotsJudgement {
  const { stored, rules, cause } = known;
  const pauseMs = pauseBetweenRequests(hostDelayMs, rules?.delaySeconds ?? null);
  const sitemaps = rules?.sitemaps ?? [];
  if (stored.verdict === 'disallow-all') {
    return { refusal: robotsUnreachable(cause), pauseMs, sitemaps };
  }
  return { refusal: rules?.allows(url) === false ? ROBOTS_DENIED : null, pauseMs, sitemaps };
}

/** Knows what hosts want of crawlers, and asks those of which it does not. */
export class RobotsGate {
  private readonly memory = new RobotsMemory();

  constructor(
    private readonly fetcher: RobotsFetcher,
    private readonly store: RobotsStore,
    private readonly settings: RobotsGateSettings,
  ) {}

  /** Null where the host must be asked for its robots.txt first. */
  async judge(url: string): Promise<RobotsJudgement | null> {
    const { origin } = new URL(url);
    const nowMs = this.settings.nowMs();
    const known = this.memory.find(origin, nowMs) ?? (await this.recall(origin, nowMs));
    return known === null ? null : toJudgement(known, url, this.settings.hostDelayMs);
  }

  /** Asks for the robots.txt of an address's origin and remembers it; resolves with the pause that is due. */
  async ask(url: string, signal: AbortSignal): Promise<number> {
    const { origin } = new URL(url);
    const outcome = await this.fetcher.fetch({
      url: `${origin}/robots.txt`,
      accept: ACCEPT,
      maxBodyBytes: MAX_ROBOTS_BYTES,
      cutsOff: true,
      deadlineMs: this.settings.timeoutMs,
      maxRedirects: MAX_ROBOTS_REDIRECTS,
      signal,
    });
    const before = await this.store.find(origin);
    const decided = decideRobots(
      before && {
        verdict: before.verdict,
        expiresAtMs: before.expiresAt.getTime(),
        unreachableSinceMs: before.unreachableSince?.getTime() ?? null,
      },
      statusOf(outcome),
      this.settings.nowMs(),
    );
    const since = decided.unreachableSinceMs;
    const stored: StoredRobots = {
      verdict: decided.verdict,
      rules: outcome.kind === 'fetched' ? decodeRobots(outcome.body) : '',
      expiresAt: new Date(decided.expiresAtMs),
      unreachableSince: since === null ? null : new Date(since),
    };
    await this.store.save(origin, stored);
    const known = this.memory.keep(origin, stored, causeOf(outcome));
    return toJudgement(known, url, this.settings.hostDelayMs).pauseMs;
  }

  private async recall(origin: string, nowMs: number): Promise<KnownRobots | null> {
    const stored = await this.store.find(origin);
    if (stored === null || stored.expiresAt.getTime() <= nowMs) return null;
    return this.memory.keep(origin, stored, null);
  }
}
