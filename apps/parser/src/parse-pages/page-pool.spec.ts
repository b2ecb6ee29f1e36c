import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

/** Hangs, crashes or answers, as the record says. */
const TROUBLED_WORKER = `export default function (task) {
  const value = Buffer.from(task.record.value).toString();
  if (value === 'hang') for (;;);
  if (value === 'crash') process.exit(1);
  return { kind: 'failed', code: 'NOT_TEXT', detail: value };
}`;

let folder: string;
let troubledWorker: URL;
let pool: PagePool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-pool-'));
  const path = join(folder, 'troubled.worker.mjs');
  await writeFile(path, TROUBLED_WORKER);
  troubledWorker = pathToFileURL(path);
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => pool.close());

describe('a pool for pages', () => {
  it('makes of a record what the main thread would, without touching its bytes', async () => {
    pool = new PagePool({ workers: 1, clock, timeLimitMs: 60_000 });
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

  it('gives up a page that hangs, replaces its worker and goes on', async () => {
    pool = new PagePool({ workers: 1, clock, timeLimitMs: 1_500, workerUrl: troubledWorker });
    const hung = pool.settle(consumedRecord({ value: 'hang' }), signal);
    const waiting = pool.settle(consumedRecord({ value: 'next' }), signal);
    await expect(hung).resolves.toMatchObject({ kind: 'failed', code: 'PARSE_TIMEOUT' });
    await expect(waiting).resolves.toMatchObject({ code: 'NOT_TEXT', detail: 'next' });
  });

  it('fails loudly where a page brings its worker down, and goes on', async () => {
    pool = new PagePool({ workers: 1, clock, workerUrl: troubledWorker });
    await expect(pool.settle(consumedRecord({ value: 'crash' }), signal)).rejects.toThrow(
      'exited with code: 1',
    );
    const next = pool.settle(consumedRecord({ value: 'next' }), signal);
    await expect(next).resolves.toMatchObject({ detail: 'next' });
  });

  it('does not begin a page of a chunk that was given up', async () => {
    pool = new PagePool({ workers: 1, clock, workerUrl: troubledWorker });
    const aborted = AbortSignal.abort(new Error('too late'));
    await expect(pool.settle(consumedRecord({ value: 'hang' }), aborted)).rejects.toThrow(
      'too late',
    );
  });
});
