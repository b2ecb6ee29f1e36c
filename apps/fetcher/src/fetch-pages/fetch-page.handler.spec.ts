import { addressId } from '@broadsheet/article';
import { readRawArticle, TrailEvent } from '@broadsheet/contracts';
import type { FetchOutcome } from '@broadsheet/http-client';
import type { OutgoingRecord } from '@broadsheet/messaging';
import { describe, expect, it } from 'vitest';
import {
  duePage,
  Effects,
  FakeFetcher,
  fetched,
  LEASE,
  NEVER,
  NOW_MS,
  SURROUNDINGS,
  TRACEPARENT,
} from '../testing/fakes.ts';
import { FetchPageHandler } from './fetch-page.handler.ts';

const PAGE = '<article>Text</article>';
const HTML = { 'content-type': 'text/html; charset=iso-8859-1' };

async function handle(outcome: FetchOutcome | null, page = duePage(), effects = new Effects()) {
  const fetcher = new FakeFetcher(outcome);
  const handler = new FetchPageHandler(fetcher, effects.producer, effects.journal, SURROUNDINGS);
  await handler.handle(LEASE, page, NEVER);
  return { effects, fetcher };
}

function asConsumed(record: OutgoingRecord | undefined) {
  const headers = Object.entries(record?.headers ?? {}).map(
    ([name, value]) => [name, [Buffer.from(String(value))]] as const,
  );
  const key = Buffer.from(String(record?.key));
  return { key, value: record?.value as Buffer, headers: new Map(headers) };
}

function stepsOf(effects: Effects): readonly TrailEvent[] {
  return effects.records
    .filter((record) => record.topic === 'articles.trail')
    .map((record) => TrailEvent.parse(JSON.parse(String(record.value))));
}

function failure(parts: {
  status?: number;
  retry?: 'later' | 'never';
  retryAfter?: string;
}): FetchOutcome {
  return {
    kind: 'failed',
    code: 'HTTP_STATUS',
    retry: parts.retry ?? 'later',
    detail: `the server answered ${parts.status}`,
    url: 'https://news.example/one',
    status: parts.status ?? 503,
    headers: parts.retryAfter === undefined ? {} : { 'retry-after': parts.retryAfter },
  };
}

describe('a page that was fetched', () => {
  it('is published as it was served, and the parser understands the record', async () => {
    const { effects } = await handle(fetched(PAGE, { headers: { ...HTML, etag: '"1"' } }));
    expect(effects.records[0]).toMatchObject({
      topic: 'articles.raw',
      key: 'https://news.example/one',
    });
    expect(readRawArticle(asConsumed(effects.records[0]))).toMatchObject({
      kind: 'article',
      input: {
        form: 'cloudevents-binary',
        url: 'https://news.example/one',
        body: Buffer.from(PAGE),
        mediaType: 'text/html',
        charset: 'iso-8859-1',
        fetchedAt: '2026-01-15T12:00:00.000Z',
        traceparent: TRACEPARENT,
        hints: { title: 'One', guid: 'g-1' },
        source: {
          id: '11111111-1111-4111-8111-111111111111',
          name: 'News',
          feedUrl: 'https://news.example/feed',
        },
        origin: {
          feed: { link: 'https://news.example/one', guid: 'g-1' },
          http: { status: 200, etag: '"1"' },
        },
      },
    });
  });

  it('is called done only after the broker has its bytes and its trail step', async () => {
    const { effects } = await handle(fetched(PAGE));
    expect(effects.log).toEqual(['send articles.raw', 'send articles.trail', 'end page done']);
    expect(effects.ends[0]?.freeAt).toEqual(new Date(NOW_MS + 5_000));
  });

  it.each(['send articles.raw', 'send articles.trail', 'end page done'])(
    'is not done when "%s" fails, and is published again the next time',
    async (failing) => {
      const effects = new Effects();
      effects.failing = failing;
      await expect(handle(fetched(PAGE), duePage(), effects)).rejects.toThrow(failing);
      expect(effects.ends).toEqual([]);
      effects.failing = null;
      await handle(fetched(PAGE), duePage(), effects);
      expect(effects.log.slice(-3)).toEqual([
        'send articles.raw',
        'send articles.trail',
        'end page done',
      ]);
    },
  );

  it('tells its trail where its record is', async () => {
    const { effects } = await handle(fetched(PAGE));
    expect(stepsOf(effects)).toMatchObject([
      {
        step: 'fetched',
        service: 'fetcher',
        subject: duePage().addressId,
        record: 'articles.raw/3/1',
        url: 'https://news.example/one',
      },
    ]);
  });

  it('is known by the address it came from, and its trail by the address of the feed too', async () => {
    const url = 'https://www.other.example/story';
    const { effects } = await handle(fetched(PAGE, { url }));
    expect(effects.records[0]?.key).toBe(url);
    const reached = addressId(url);
    expect(stepsOf(effects)).toMatchObject([
      { subject: reached, url, articleId: null },
      { subject: duePage().addressId, url: 'https://news.example/one', articleId: reached },
    ]);
  });

  it('is published without hints where the row holds none that can be read', async () => {
    const { effects } = await handle(fetched(PAGE), duePage({ hints: { title: 7 } }));
    expect(readRawArticle(asConsumed(effects.records[0]))).toMatchObject({ input: { hints: {} } });
  });

  it('is asked for as a page, and within limits', async () => {
    const { fetcher } = await handle(fetched(PAGE));
    const [request] = fetcher.requests;
    expect(request?.maxBodyBytes).toBe(8 * 1024 * 1024);
    expect(
      ['text/html', 'application/xhtml+xml', 'text/plain', null].map((type) =>
        request?.wantsType?.(type),
      ),
    ).toEqual([true, true, true, true]);
    expect(
      ['video/mp4', 'application/pdf', 'application/json'].map((type) =>
        request?.wantsType?.(type),
      ),
    ).toEqual([false, false, false]);
  });
});

describe('a page that waits for the turn of another host', () => {
  it('has no end yet', async () => {
    const { effects } = await handle(null);
    expect(effects.log).toEqual([]);
  });
});

describe('a page that could not be fetched', () => {
  it('is tried again later, when the server wants it', async () => {
    const { effects } = await handle(failure({ status: 503, retryAfter: '3600' }));
    expect(effects.ends[0]?.record).toEqual({
      kind: 'again',
      addressId: duePage().addressId,
      url: duePage().url,
      code: 'HTTP_STATUS',
      dueAt: new Date(NOW_MS + 3_600_000),
    });
    expect(effects.records).toEqual([]);
  });

  it('leaves the whole host alone where that asked for it', async () => {
    const { effects } = await handle(failure({ status: 429, retryAfter: '300' }));
    expect(effects.ends[0]?.freeAt).toEqual(new Date(NOW_MS + 300_000));
    const other = await handle(failure({ status: 500, retryAfter: '300' }));
    expect(other.effects.ends[0]?.freeAt).toEqual(new Date(NOW_MS + 5_000));
  });

  it.each([
    ['gone', failure({ status: 410, retry: 'never' }), 0, 'HTTP_STATUS'],
    ['tried often enough', failure({ status: 500 }), 7, 'HTTP_STATUS'],
    [
      'refused',
      { kind: 'refused', code: 'ADDRESS_REFUSED', detail: 'd', url: 'u' } as const,
      0,
      'ADDRESS_REFUSED',
    ],
    ['empty', fetched(''), 0, 'EMPTY_VALUE'],
    [
      'at too long an address',
      fetched(PAGE, { url: `https://news.example/${'x'.repeat(2_000)}` }),
      0,
      'URL_INVALID',
    ],
  ])('is given up with a step that says why: %s', async (_case, outcome, attempts, code) => {
    const { effects } = await handle(outcome, duePage({ attempts }));
    expect(effects.log).toEqual(['send articles.trail', 'end page given-up']);
    expect(stepsOf(effects)).toMatchObject([
      { step: 'rejected', subject: duePage().addressId, code, detail: { attempts: attempts + 1 } },
    ]);
  });
});

describe('a page behind a wall against programs', () => {
  const walled = { 'cf-mitigated': 'challenge' };
  it.each([
    ['that says so', { ...failure({ status: 403, retry: 'never' }), headers: walled }],
    ['that looks like a page', fetched('<title>Just a moment...</title>', { headers: HTML })],
  ])('%s is not published, and tried again an hour later', async (_what, outcome) => {
    const { effects } = await handle(outcome as FetchOutcome);
    expect(effects.log).toEqual(['end page again']);
    expect(effects.ends[0]?.record).toMatchObject({
      code: 'BOT_WALL',
      dueAt: new Date(NOW_MS + 3_600_000),
    });
  });
});

describe('a page that is looked at again', () => {
  const HOUR_MS = 3_600_000;
  const seenBefore = (parts: Partial<ReturnType<typeof duePage>> = {}) =>
    duePage({
      fetchedAt: new Date(NOW_MS - HOUR_MS),
      foundAt: new Date(NOW_MS - HOUR_MS),
      etag: '"1"',
      ...parts,
    });

  it('comes up an hour after it was found, with what it was like', async () => {
    const { effects } = await handle(fetched(PAGE, { headers: { etag: '"1"' } }));
    expect(effects.ends[0]?.record).toMatchObject({
      kind: 'done',
      etag: '"1"',
      dueAt: new Date(NOW_MS + HOUR_MS),
    });
  });

  it('is published only where its bytes have changed', async () => {
    const { effects: first } = await handle(fetched(PAGE));
    const record = first.ends[0]?.record;
    const bodyHash = record?.kind === 'done' ? record.bodyHash : null;
    const { effects: same, fetcher } = await handle(fetched(PAGE), seenBefore({ bodyHash }));
    expect(fetcher.requests[0]).toMatchObject({ etag: '"1"' });
    expect(same.log).toEqual(['end page done']);
    const notModified = { kind: 'not-modified', url: 'u', headers: {}, redirects: [] } as const;
    const { effects: unchanged } = await handle(notModified, seenBefore({ bodyHash }));
    expect(unchanged.log).toEqual(['end page done']);
    expect(unchanged.ends[0]?.record).toMatchObject({
      bodyHash,
      etag: '"1"',
      dueAt: new Date(NOW_MS + 5 * HOUR_MS),
    });
    const { effects: edited } = await handle(fetched(`${PAGE}!`), seenBefore({ bodyHash }));
    expect(edited.log).toEqual(['send articles.raw', 'send articles.trail', 'end page done']);
  });

  it('and is gone leaves no trace: its article stays', async () => {
    const { effects } = await handle(failure({ status: 410, retry: 'never' }), seenBefore());
    expect(effects.log).toEqual(['end page given-up']);
  });
});

describe('a page that wants no copy', () => {
  it.each([
    ['by header', fetched(PAGE, { headers: { 'x-robots-tag': 'noarchive' } })],
    ['by meta element', fetched('<head><meta name="robots" content="noarchive"></head>')],
  ])('is not published: %s', async (_case, outcome) => {
    const { effects } = await handle(outcome);
    expect(stepsOf(effects)).toMatchObject([{ step: 'rejected', code: 'ARCHIVING_FORBIDDEN' }]);
    expect(effects.records.some(({ topic }) => topic === 'articles.raw')).toBe(false);
  });
});
