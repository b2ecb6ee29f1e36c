const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ITEMS_IN_FEED = 30;
const ITEM_BYTES = 1_200;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Newsrooms sleep, but not quite. */
function activityAt(ms: number): number {
  const hour = new Date(ms).getUTCHours();
  return hour >= 6 && hour < 22 ? 1.35 : 0.3;
}

/** How a server treats validators. */
type Manners = 'validators' | 'ignores-validators' | 'changes-every-time';

function mannersFor(share: number): Manners {
  if (share < 0.7) return 'validators';
  return share < 0.9 ? 'ignores-validators' : 'changes-every-time';
}

/** A feed that publishes at random times, more by day than by night. */
export class SimulatedSite {
  constructor(
    private readonly publishedMs: readonly number[],
    private readonly manners: Manners,
    private readonly maxAgeSeconds: number | null,
  ) {}

  publishedBetween(fromMs: number, toMs: number): readonly number[] {
    return this.publishedMs.filter((ms) => ms > fromMs && ms <= toMs);
  }

  /** A body of null stands for 304. */
  answer(
    etag: string | null,
    nowMs: number,
  ): { body: Buffer | null; headers: Record<string, string> } {
    const published = this.publishedMs.filter((ms) => ms <= nowMs);
    const current = `"${published.length}"`;
    const headers: Record<string, string> = {
      ...(this.manners === 'validators' ? { etag: current } : {}),
      ...(this.maxAgeSeconds === null ? {} : { 'cache-control': `max-age=${this.maxAgeSeconds}` }),
    };
    if (this.manners === 'validators' && etag === current) return { body: null, headers };
    const stamp = this.manners === 'changes-every-time' ? `<!-- ${nowMs} -->` : '';
    const items = published.slice(-ITEMS_IN_FEED).map((ms) => this.item(ms));
    const xml = `<rss version="2.0"><channel><title>News</title>${items.join('')}</channel></rss>${stamp}`;
    return { body: Buffer.from(xml), headers };
  }

  private item(ms: number): string {
    const date = new Date(ms).toUTCString();
    const text = 'What has happened today. '.repeat(ITEM_BYTES / 25);
    return `<item><title>News of ${ms}</title><link>/news/${ms}</link><pubDate>${date}</pubDate><description>${text}</description></item>`;
  }
}

export interface SimulatedWeb {
  readonly sources: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly seed: number;
}

/** Sources from one article in two days to 150 a day, evenly on a logarithmic scale. */
export class SimulatedSites {
  readonly random: () => number;
  readonly all: readonly SimulatedSite[];

  constructor({ sources, fromMs, toMs, seed }: SimulatedWeb) {
    this.random = randomFrom(seed);
    this.all = Array.from({ length: sources }, () => {
      const perDay = 0.5 * 300 ** this.random();
      const manners = mannersFor(this.random());
      const maxAge = this.random() < 0.3 ? 300 + Math.floor(this.random() * 1_500) : null;
      return new SimulatedSite(this.times(perDay, fromMs, toMs), manners, maxAge);
    });
  }

  private times(perDay: number, fromMs: number, toMs: number): readonly number[] {
    const times: number[] = [];
    const meanGapMs = DAY_MS / perDay;
    // A feed is full when it is found.
    for (let i = ITEMS_IN_FEED; i > 0; i -= 1) times.push(fromMs - i * HOUR_MS);
    for (let ms = fromMs; ms < toMs;) {
      ms += (-Math.log(1 - this.random()) * meanGapMs) / activityAt(ms);
      if (ms < toMs) times.push(Math.round(ms));
    }
    return times;
  }
}
