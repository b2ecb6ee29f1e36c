import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SinkUnavailable } from '@broadsheet/messaging';
import { consumedRecord } from '@broadsheet/testing';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { settleRecord } from '../parse-article/settle-record.ts';
import { PagePool } from './page-pool.ts';

const NOW = new Date('2026-03-02T06:00:05.000Z');
const clock = () => NOW;
const { signal } = new AbortController();
const PAGE = `<!doctype html><title>Ferry returns</title><article>
<p>The ferry came back to the old harbour on Monday after ten years of repairs, and all were there.</p>
<p>The harbour master said that the ship will sail twice a day from now on, as it did before.</p>
</article>`;

/** Spins, sleeps, crashes or answers, as the record says. */
const TROUBLED_WORKER = `import { servePages } from '${new URL('./serve-pages.ts', import.meta.url)}';
servePages((record) => {
  const value = String(record.value);
  if (value === 'spin') for (;;);
  if (value === 'sleep') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (value === 'crash') process.exit(1);
  if (value === 'throw') throw new Error('a bug');
  return { kind: 'failed', code: 'NOT_TEXT', detail: value };
});`;

/** A thread that is never ready for a page. */
const UNREADY_WORKER = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';

let folder: string;
let troubledWorker: URL;
let unreadyWorker: URL;
let brokenWorker: URL;
let pool: PagePool;

async function workerOf(name: string, source: string): Promise<URL> {
  const path = join(folder, `${name}.worker.mjs`);
  await writeFile(path, source);
  return pathToFileURL(path);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-pool-'));
  troubledWorker = await workerOf('troubled', TROUBLED_WORKER);
  unreadyWorker = await workerOf('unready', UNREADY_WORKER);
  brokenWorker = await workerOf('broken', 'throw new Error("broken");');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => pool.close());

describe('a pool for pages', () => {
  it('makes of a record what the main thread would, without touching its bytes', async () => {
    pool = new PagePool({ workers: 1, clock });
    const fetched = Buffer.from(`before${PAGE}after`);
    const value = fetched.subarray(6, 6 + Buffer.byteLength(PAGE));
    const record = consumedRecord({
      key: 'https://harbour-news.example/ferry',
      headers: { 'content-type': 'text/html; charset=utf-8' },
      value,
      offset: 7n,
    });
    const settled = await pool.settle({ ...record, value }, signal);
    expect(settled).toEqual(settleRecord(record, NOW));
    expect(settled.kind).toBe('parsed');
    expect(fetched.toString()).toBe(`before${PAGE}after`);
  });

  it('gives up a page that never ends, replaces its worker and goes on', async () => {
    const limits = { cpuMs: 500, overtimeMs: 60_000 };
    pool = new PagePool({ workers: 1, clock, limits, workerUrl: troubledWorker });
    const spinning = pool.settle(consumedRecord({ value: 'spin' }), signal);
    const waiting = pool.settle(consumedRecord({ value: 'next' }), signal);
    await expect(spinning).resolves.toMatchObject({ kind: 'failed', code: 'PARSE_TIMEOUT' });
    await expect(waiting).resolves.toMatchObject({ code: 'NOT_TEXT', detail: 'next' });
  });

  it('calls it an outage where a page gets no processor, replaces its worker and goes on', async () => {
    const limits = { cpuMs: 60_000, overtimeMs: 500 };
    const chunk = new AbortController();
    pool = new PagePool({ workers: 1, clock, limits, workerUrl: troubledWorker });
    const sleeping = pool.settle(consumedRecord({ value: 'sleep' }), chunk.signal);
    const waiting = pool.settle(consumedRecord({ value: 'next' }), signal);
    setTimeout(() => chunk.abort(), 1_000);
    await expect(sleeping).rejects.toThrow(SinkUnavailable);
    await expect(waiting).resolves.toMatchObject({ code: 'NOT_TEXT', detail: 'next' });
  });

  it.each([
    ['crash', 'exited with code 1'],
    ['throw', 'a bug'],
  ])(
    'fails loudly where a page brings its thread down (%s), and no other',
    async (value, message) => {
      pool = new PagePool({ workers: 1, clock, workerUrl: troubledWorker });
      const before = pool.settle(consumedRecord({ value: 'before' }), signal);
      const fatal = pool.settle(consumedRecord({ value }), signal);
      const after = pool.settle(consumedRecord({ value: 'after' }), signal);
      await expect(fatal).rejects.toThrow(message);
      await expect(before).resolves.toMatchObject({ detail: 'before' });
      await expect(after).resolves.toMatchObject({ detail: 'after' });
    },
  );

  it('fails every page where its threads do not start', async () => {
    pool = new PagePool({ workers: 2, clock, workerUrl: brokenWorker });
    const pages = ['a', 'b', 'c'].map((value) => pool.settle(consumedRecord({ value }), signal));
    const settled = await Promise.allSettled(pages);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('does not begin a page of a chunk that was given up', async () => {
    pool = new PagePool({ workers: 1, clock, workerUrl: troubledWorker });
    const aborted = AbortSignal.abort(new Error('too late'));
    await expect(pool.settle(consumedRecord({ value: 'spin' }), aborted)).rejects.toThrow(
      'too late',
    );
  });

  it('lets go of a page that no thread has begun when its chunk is given up', async () => {
    pool = new PagePool({ workers: 1, clock, workerUrl: unreadyWorker });
    const chunk = new AbortController();
    const waiting = pool.settle(consumedRecord({ value: 'next' }), chunk.signal);
    setTimeout(() => chunk.abort(new Error('too late')), 100);
    await expect(waiting).rejects.toThrow('too late');
  });

  it('rejects what is in hand when it is closed', async () => {
    pool = new PagePool({ workers: 1, clock, workerUrl: unreadyWorker });
    const values = ['in hand', 'next', 'waiting'];
    const pages = values.map((value) => pool.settle(consumedRecord({ value }), signal));
    const settled = Promise.allSettled(pages);
    await pool.close();
    expect((await settled).map(({ status }) => status)).toEqual(values.map(() => 'rejected'));
  });
});
