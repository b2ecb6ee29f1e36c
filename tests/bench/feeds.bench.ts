import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readFeed } from '@broadsheet/feeds';
import { afterAll, expect, it } from 'vitest';
import { DocumentPool } from '../../apps/fetcher/src/poll-sources/document-pool.ts';
import { describeMachine, formatTable } from './machine.ts';

const MEGABYTE = 1_000_000;
const READINGS = 10;
const URL_OF_FEED = 'https://news.example/feed';

const rows: string[][] = [['what', 'figure']];

/** A feed of about so many bytes, its entries with the full text of an article each. */
function feedOf(bytes: number): Buffer {
  const paragraph = (number: number) =>
    `&lt;p&gt;The council met on day ${number} and spoke about the bridge for a long time.&lt;/p&gt;`;
  const text = Array.from({ length: 60 }, (_, number) => paragraph(number)).join('\n');
  const item = (number: number) =>
    `<item><title>News of day ${number}</title><link>/news/${number}</link><guid>${number}</guid>` +
    `<pubDate>Thu, 15 Jan 2026 10:00:00 GMT</pubDate><description>${text}</description></item>\n`;
  const count = Math.ceil(bytes / item(100).length);
  const items = Array.from({ length: count }, (_, number) => item(number)).join('');
  return Buffer.from(`<rss version="2.0"><channel><title>News</title>${items}</channel></rss>`);
}

afterAll(() => console.log(`\n${describeMachine()}\n\n${formatTable(rows)}\n`));

it('reading a feed of 1 MB', () => {
  const feed = feedOf(MEGABYTE);
  const transport = { url: URL_OF_FEED, contentType: 'application/rss+xml' };
  readFeed(feed, transport);
  const before = process.cpuUsage();
  for (let reading = 0; reading < READINGS; reading += 1) readFeed(feed, transport);
  const seconds = process.cpuUsage(before).user / 1_000_000;
  const rate = (feed.length * READINGS) / MEGABYTE / seconds;
  rows.push(['reading RSS with full texts, MB per second of processor time', rate.toFixed(1)]);
});

it('a fetcher that reads large feeds', async () => {
  const pool = new DocumentPool();
  const sourceId = '11111111-1111-4111-8111-111111111111';
  const contentType = 'application/rss+xml';
  const task = { sourceId, body: feedOf(5 * MEGABYTE), url: URL_OF_FEED, contentType };
  expect(await pool.read(task)).toMatchObject({ kind: 'feed' });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let reading = 0; reading < 3; reading += 1) await pool.read(task);
  delay.disable();
  await pool.onApplicationShutdown();
  const milliseconds = (nanoseconds: number) => (nanoseconds / 1_000_000).toFixed(0);
  rows.push(
    ['event loop held while feeds of 5 MB are read, p99 ms', milliseconds(delay.percentile(99))],
    ['the same, at most, ms', milliseconds(delay.max)],
  );
});
