import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DocumentPool } from './document-pool.ts';
import { readDocument } from './read-document.ts';

/** Says where it runs, spins, sleeps or crashes, as the document says. */
const TROUBLED_WORKER = `import { isMainThread } from 'node:worker_threads';
export default function (task) {
  const text = Buffer.from(task.body).toString('latin1');
  if (text.startsWith('spin')) for (;;);
  if (text.startsWith('sleep')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (text.startsWith('crash')) process.exit(1);
  return { kind: 'unreadable', detail: isMainThread ? 'main thread' : 'another thread' };
}`;
const LARGE_BYTES = 250_000;

let folder: string;
let workerUrl: URL;
let pool: DocumentPool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-documents-'));
  const path = join(folder, 'troubled.worker.mjs');
  await writeFile(path, TROUBLED_WORKER);
  workerUrl = pathToFileURL(path);
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => pool.onApplicationShutdown());

function task(text: string) {
  const sourceId = '11111111-1111-4111-8111-111111111111';
  const url = 'https://news.example/feed';
  return { sourceId, body: Buffer.from(text), url, contentType: 'application/rss+xml' };
}

function feedOf(bytes: number): string {
  const item = (number: number) =>
    `<item><title>News ${number}</title><link>/n/${number}</link><description>What has happened.</description></item>`;
  const items = Array.from({ length: Math.ceil(bytes / 90) }, (_, number) => item(number));
  return `<rss version="2.0"><channel><title>News</title>${items.join('')}</channel></rss>`;
}

describe('a pool for documents', () => {
  it('reads a large document on another thread, a small one at once', async () => {
    pool = new DocumentPool({ workerUrl });
    const large = await pool.read(task('x'.repeat(LARGE_BYTES)));
    expect(large).toEqual({ kind: 'unreadable', detail: 'another thread' });
    expect(await pool.read(task(feedOf(1_000)))).toMatchObject({ kind: 'feed' });
  });

  it('reads a gzip file on another thread, however small it is', async () => {
    pool = new DocumentPool({ workerUrl });
    const read = await pool.read({ ...task(''), body: gzipSync(feedOf(1_000)) });
    expect(read).toEqual({ kind: 'unreadable', detail: 'another thread' });
  });

  it('makes the same of a document on either thread', async () => {
    pool = new DocumentPool();
    const feed = task(feedOf(LARGE_BYTES));
    const read = await pool.read(feed);
    expect(read.kind).toBe('feed');
    expect(read).toEqual(readDocument(feed));
  });

  it('gives up a document that never ends, and has time for the next', async () => {
    pool = new DocumentPool({ limits: { cpuMs: 500, wallMs: 600_000 }, workerUrl });
    const spinning = pool.read(task(`spin${'x'.repeat(LARGE_BYTES)}`));
    const next = pool.read(task('x'.repeat(LARGE_BYTES)));
    expect(await spinning).toEqual({
      kind: 'unreadable',
      detail: 'not read with 500 ms of a processor',
    });
    expect(await next).toMatchObject({ detail: 'another thread' });
  });

  it('blames no document for a machine without a processor for it, and goes on', async () => {
    pool = new DocumentPool({ limits: { cpuMs: 60_000, wallMs: 500 }, workerUrl });
    const starved = pool.read(task(`sleep${'x'.repeat(LARGE_BYTES)}`));
    await expect(starved).rejects.toMatchObject({ code: 'READING_STARVED', retry: 'later' });
    expect(await pool.read(task(feedOf(1_000)))).toMatchObject({ kind: 'feed' });
  });

  it('outlives a document that brings its thread down', async () => {
    pool = new DocumentPool({ workerUrl });
    const crashed = await pool.read(task(`crash${'x'.repeat(LARGE_BYTES)}`));
    expect(crashed).toMatchObject({ kind: 'unreadable' });
    expect(await pool.read(task('x'.repeat(LARGE_BYTES)))).toMatchObject({
      detail: 'another thread',
    });
  });
});
