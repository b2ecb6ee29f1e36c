import {
  GatewayClient,
  ManySites,
  type RunningSystem,
  type ServedArticle,
  type SiteReply,
  startSystem,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

const HOSTS = 12;
const PAGES = 15;
const HOST_DELAY_MS = 250;

let system: RunningSystem;
let sites: ManySites;
let gateway: GatewayClient;

function feedOf(host: string): SiteReply {
  const items = Array.from(
    { length: PAGES },
    (_, page) => `<item><title>Fetched ${host} ${page}</title><link>/story/${page}</link></item>`,
  );
  const body = `<rss version="2.0"><channel><title>${host}</title>${items.join('')}</channel></rss>`;
  return { headers: { 'content-type': 'application/rss+xml' }, body };
}

function storyOf(host: string, path: string): SiteReply {
  const sentence = `The council of ${host} has decided on matter ${path} after a long debate in the hall. `;
  const paragraphs = Array.from({ length: 6 }, () => `<p>${sentence.repeat(3)}</p>`).join('');
  const title = `Fetched ${host} ${path.split('/').at(-1)}`;
  const body =
    `<!doctype html><html lang="en"><head><title>${title}</title></head>` +
    `<body><article><h1>${title}</h1>${paragraphs}</article></body></html>`;
  return { headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

function respond(host: string, path: string): SiteReply {
  if (path === '/feed') return feedOf(host);
  return path.startsWith('/story/') ? storyOf(host, path) : { status: 404 };
}

async function follow(host: string): Promise<void> {
  const answer = await fetch(`${system.gatewayUrl}/api/v1/sources`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `http://${host}/feed` }),
  });
  expect(answer.status).toBe(201);
}

async function enable(id: string): Promise<void> {
  const answer = await fetch(`${system.gatewayUrl}/api/v1/sources/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ enabled: true }),
  });
  expect(answer.status).toBe(200);
}

const count = () => gateway.count({ title: 'Fetched' });

beforeAll(async () => {
  sites = await ManySites.start(HOSTS, respond);
  const environment = {
    FETCH_ALLOW_PRIVATE: '127.0.0.0/8',
    FETCH_HOST_DELAY_MS: String(HOST_DELAY_MS),
  };
  system = await startSystem({ environment });
  gateway = new GatewayClient(system.gatewayUrl);
});

afterAll(async () => {
  await system.dispose();
  await sites.stop();
});

it('two fetchers share the work; one is killed, and every page is in the index exactly once', async () => {
  await system.addProcess('fetcher');
  await Promise.all(sites.hosts.map(follow));
  await waitFor(async () => (await count()) >= 20, { timeoutMs: 60_000, what: '20 articles' });
  await system.services.fetcher.kill();
  await waitFor(async () => (await count()) >= HOSTS * PAGES, {
    timeoutMs: 150_000,
    what: 'all articles',
    pollMs: 500,
  });
  expect(await count()).toBe(HOSTS * PAGES);
  for (const host of sites.hosts) {
    const found: readonly ServedArticle[] = await gateway.search({
      url: `http://${host}/story/0`,
      fields: 'id,revision',
    });
    expect(found).toMatchObject([{ revision: 1 }]);
  }
  // Whatever the dead fetcher had in hand was asked for again, after its lease and no sooner.
  expect(sites.shortestGapMs()).toBeGreaterThanOrEqual(HOST_DELAY_MS - 5);

  type Listed = {
    items: { id: string; health: { lastError: unknown; nextPollAt: string | null } }[];
  };
  const { items } = await gateway.getJson<Listed>('/api/v1/sources?limit=200');
  expect(items).toHaveLength(HOSTS);
  for (const { health } of items) {
    expect(health.lastError).toBeNull();
    expect(Date.parse(health.nextPollAt ?? '')).toBeGreaterThan(Date.now());
  }

  // Polls are on time with the fetcher that is left: all that are made due come within seconds.
  const before = sites.log.length;
  await Promise.all(items.map(({ id }) => enable(id)));
  const polledHosts = () =>
    new Set(
      sites.log
        .slice(before)
        .filter(({ path }) => path === '/feed')
        .map(({ host }) => host),
    );
  await waitFor(() => polledHosts().size === HOSTS, { timeoutMs: 30_000, what: 'all polls' });
  expect(await count()).toBe(HOSTS * PAGES);
});
