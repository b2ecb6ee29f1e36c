import { randomUUID } from 'node:crypto';
import { get as httpGet, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ArticleWriter, type Pool } from '@broadsheet/persistence';
import {
  articleArrival,
  createTestDatabase,
  testBrokers,
  type TestDatabase,
  waitFor,
} from '@broadsheet/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRealGateway } from '../testing/real-gateway.ts';

let database: TestDatabase;
let pool: Pool;
let app: NestFastifyApplication;
let port: number;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  app = await startRealGateway({ brokers: testBrokers(), databaseUrl: database.url });
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as AddressInfo).port;
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Change {
  readonly position: string;
  readonly articleId: string;
  readonly kind: string;
}

async function write(count: number): Promise<string[]> {
  const arrivals = Array.from({ length: count }, () => articleArrival({ id: randomUUID() }));
  await new ArticleWriter(pool).apply(arrivals);
  return arrivals.map(({ article }) => article.id);
}

async function latest(): Promise<string> {
  const { rows } = await pool.query<{ latest: string }>(
    'SELECT coalesce(max(position), 0) AS latest FROM article_change',
  );
  return rows[0]?.latest ?? '0';
}

/** A client that remembers the last id it got, as an EventSource does. */
class EventClient {
  readonly changes: Change[] = [];
  lastEventId: string | null = null;
  isEnded = false;
  private response: IncomingMessage | null = null;
  private unread = '';

  async open(query = ''): Promise<IncomingMessage> {
    const headers = this.lastEventId === null ? {} : { 'last-event-id': this.lastEventId };
    this.isEnded = false;
    this.unread = '';
    const url = `http://127.0.0.1:${port}/api/v1/stream${query}`;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpGet(url, { headers, agent: false }, resolve).once('error', reject);
    });
    this.response = response;
    response.setEncoding('utf8').on('data', (text: string) => this.take(text));
    response.once('close', () => (this.isEnded = true)).on('error', () => undefined);
    return response;
  }

  cut(): void {
    this.response?.destroy();
  }

  private take(text: string): void {
    const blocks = (this.unread + text).split('\n\n');
    this.unread = blocks.pop() ?? '';
    for (const block of blocks) {
      for (const line of block.split('\n')) {
        if (line.startsWith('id: ')) this.lastEventId = line.slice(4);
        if (line.startsWith('data: ')) this.changes.push(JSON.parse(line.slice(6)) as Change);
      }
    }
  }
}

describe('GET /api/v1/changes', () => {
  it('goes from position to position, and on from an empty page', async () => {
    const from = await latest();
    const ids = await write(5);
    const read = async (after: string) =>
      (
        await fetch(`http://127.0.0.1:${port}/api/v1/changes?limit=2&after=${after}`)
      ).json() as Promise<{
        items: Change[];
        next: string;
      }>;
    const seen: string[] = [];
    let next = from;
    for (;;) {
      const page = await read(next);
      next = page.next;
      if (page.items.length === 0) break;
      seen.push(...page.items.map(({ articleId }) => articleId));
    }
    expect(seen).toEqual(ids);
    const [late] = await write(1);
    expect((await read(next)).items).toMatchObject([{ articleId: late, kind: 'created' }]);
  });
});

describe('GET /api/v1/stream', () => {
  it('begins now and tells of a commit long before it would look by itself', async () => {
    await write(1);
    const client = new EventClient();
    const response = await client.open();
    expect(response.headers['content-type']).toMatch(/^text\/event-stream/);
    await waitFor(() => client.lastEventId, { timeoutMs: 5_000 });
    const ids = await write(3);
    await waitFor(() => client.changes.length === 3, { timeoutMs: 5_000 });
    expect(client.changes.map(({ articleId }) => articleId)).toEqual(ids);
    client.cut();
  });

  it('skips and repeats nothing for a client that is cut off again and again', async () => {
    const from = await latest();
    const client = new EventClient();
    client.lastEventId = from;
    const writing = (async () => {
      for (let turn = 0; turn < 40; turn += 1) await write(25);
    })();
    let isWriting = true;
    void writing.finally(() => (isWriting = false));
    while (isWriting) {
      const before = client.changes.length;
      await client.open();
      await waitFor(() => client.changes.length > before || !isWriting, { timeoutMs: 10_000 });
      client.cut();
      await waitFor(() => client.isEnded, { timeoutMs: 5_000 });
    }
    await writing;
    await client.open();
    await waitFor(() => client.changes.length >= 1_000, { timeoutMs: 10_000 });
    client.cut();
    const { rows } = await pool.query<{ position: string }>(
      'SELECT position FROM article_change WHERE position > $1 ORDER BY position',
      [from],
    );
    expect(client.changes.map(({ position }) => position)).toEqual(rows.map((r) => r.position));
  });

  it('tells a hundred clients of the same change', async () => {
    const clients = Array.from({ length: 100 }, () => new EventClient());
    await Promise.all(clients.map((client) => client.open()));
    await waitFor(() => clients.every((client) => client.lastEventId !== null), {
      timeoutMs: 5_000,
    });
    const [id] = await write(1);
    await waitFor(() => clients.every((client) => client.changes.length === 1), {
      timeoutMs: 5_000,
    });
    expect(new Set(clients.map((client) => client.changes[0]?.articleId))).toEqual(new Set([id]));
    for (const client of clients) client.cut();
  });

  it('answers who asks for the head alone, and keeps no stream open for it', async () => {
    for (let n = 0; n < 250; n += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stream`, { method: 'HEAD' });
      expect(answer.status).toBe(200);
    }
  });

  it('refuses a Last-Event-ID that is no position', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stream`, {
      headers: { 'last-event-id': 'yesterday' },
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'PARAMETER_INVALID' },
    ]);
  });

  it('ends its streams when the service stops', async () => {
    const other = await startRealGateway({ brokers: testBrokers(), databaseUrl: database.url });
    await other.listen(0, '127.0.0.1');
    const mainPort = port;
    port = (other.getHttpServer().address() as AddressInfo).port;
    const client = new EventClient();
    await client.open();
    port = mainPort;
    await waitFor(() => client.lastEventId, { timeoutMs: 5_000 });
    const startedAt = performance.now();
    await other.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await waitFor(() => client.isEnded, { timeoutMs: 1_000 });
  });
});
