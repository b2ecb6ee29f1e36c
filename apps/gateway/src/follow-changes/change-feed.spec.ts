import type { TellableChange } from '@broadsheet/persistence';
import { waitFor } from '@broadsheet/testing';
import { describe, expect, it, vi } from 'vitest';
import { ChangeFeed } from './change-feed.ts';
import { OpenStreams } from './open-streams.ts';

function changeAt(position: number): TellableChange {
  return {
    position: String(position),
    articleId: '0b7f8c1e-52b1-5c7e-9d5c-0a4f5f6b7c8d',
    kind: 'created',
    revision: 1,
    at: '2026-05-01T00:00:00.000Z',
    url: 'https://news.example/story',
    title: 'Two lines\nand "quotes"',
  };
}

function setUp(times: { heartbeatMs: number; pollMs: number }) {
  const log: TellableChange[] = [];
  const after = vi.fn((position: string, limit: number) =>
    Promise.resolve(log.filter((one) => Number(one.position) > Number(position)).slice(0, limit)),
  );
  const feed = new ChangeFeed({ after, latest: () => Promise.resolve('0') }, times);
  const aborting = new AbortController();
  return { log, after, feed, aborting, blocks: feed.follow('0', aborting.signal) };
}

describe('following the change log', () => {
  it('begins with the position to resume from and tells each change in one block', async () => {
    const { log, blocks } = setUp({ heartbeatMs: 60_000, pollMs: 60_000 });
    log.push(changeAt(7));
    expect((await blocks.next()).value).toBe('retry: 3000\nid: 0\n\n');
    const { value } = await blocks.next();
    expect(value).toMatch(/^id: 7\ndata: \{.*\}\n\n$/);
    expect(JSON.parse(String(value).split('\n')[1]!.slice(6))).toEqual(changeAt(7));
  });

  it('is woken by a change, also by one that came while it was reading', async () => {
    const { log, blocks, feed, after } = setUp({ heartbeatMs: 60_000, pollMs: 60_000 });
    await blocks.next();
    after.mockImplementationOnce(() => {
      log.push(changeAt(1));
      feed.onChange();
      return Promise.resolve([]);
    });
    expect((await blocks.next()).value).toContain('id: 1\n');
    const next = blocks.next();
    log.push(changeAt(2));
    feed.onChange();
    expect((await next).value).toContain('id: 2\n');
  });

  it('looks by itself while nothing can wake it', async () => {
    const { log, blocks } = setUp({ heartbeatMs: 60_000, pollMs: 5 });
    await blocks.next();
    const next = blocks.next();
    log.push(changeAt(1));
    expect((await next).value).toContain('id: 1\n');
  });

  it('says that it is alive while nothing changes, and ends when it is told to', async () => {
    const { blocks, aborting, feed } = setUp({ heartbeatMs: 5, pollMs: 60_000 });
    feed.onListening(true);
    await blocks.next();
    expect((await blocks.next()).value).toBe(':\n\n');
    const next = blocks.next();
    aborting.abort();
    expect(await waitFor(() => next, { timeoutMs: 1_000 })).toMatchObject({ done: true });
  });

  it('asks once for all clients that are at the same place', async () => {
    const { feed, aborting, after } = setUp({ heartbeatMs: 60_000, pollMs: 60_000 });
    const clients = Array.from({ length: 50 }, () => feed.follow('0', aborting.signal));
    await Promise.all(clients.map((client) => client.next()));
    const waiting = clients.map((client) => client.next());
    aborting.abort();
    await Promise.all(waiting);
    expect(after).toHaveBeenCalledTimes(1);
  });
});

describe('the open streams', () => {
  async function* endless(): AsyncGenerator<string, void, undefined> {
    for (;;) {
      await Promise.resolve();
      yield 'block\n\n';
    }
  }

  it('cut off a client that stopped reading', async () => {
    const { stream } = new OpenStreams(20).start(endless);
    stream.read();
    await waitFor(() => stream.destroyed, { timeoutMs: 2_000 });
  });

  it('are so many at once, and free when they close', async () => {
    const streams = new OpenStreams(60_000);
    const open = Array.from({ length: 200 }, () => streams.start(endless));
    expect(() => streams.start(endless)).toThrow(
      expect.objectContaining({ status: 503, code: 'STREAMS_EXHAUSTED' }),
    );
    open[0]!.stream.destroy();
    await waitFor(() => open[0]!.stream.closed, { timeoutMs: 1_000 });
    streams.start(endless).close();
  });
});
