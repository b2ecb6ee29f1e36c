import {
  type RunningSystem,
  SiteServer,
  startSystem,
  type ServedArticle,
  GatewayClient,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installSchemathesis, runSchemathesis } from './schemathesis.ts';

const ARTICLES = 6;
const TIMEOUT_MS = 240_000;

let system: RunningSystem;
let site: SiteServer;
let client: GatewayClient;

beforeAll(async () => {
  system = await startSystem({ environment: { FETCH_ALLOW_PRIVATE: '127.0.0.0/8' } });
  // Random addresses become sources; none of them is to be asked for anything.
  await system.services.fetcher.stop();
  site = await SiteServer.start();
  client = new GatewayClient(system.gatewayUrl);
});

afterAll(async () => {
  await site?.stop();
  await system?.dispose();
});

async function store(serial: number): Promise<ServedArticle> {
  const url = `https://news.example/contract-${serial}`;
  const text = `The bridge is open again ${serial}.\n\nTraffic flows since noon, and shops hope for guests.`;
  await client.push(text, 'text/plain', url);
  return client.findOne({ url });
}

async function follow(serial: number): Promise<string> {
  const answer = await fetch(`${system.gatewayUrl}/api/v1/sources`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${site.origin}/feed-${serial}` }),
  });
  return ((await answer.json()) as { id: string }).id;
}

describe('the gateway', () => {
  it(
    'answers nothing that its OpenAPI document does not describe',
    { timeout: 600_000 },
    async (context) => {
      const installation = await installSchemathesis();
      if (installation.kind === 'missing') {
        process.stderr.write(`The contract was not tested: ${installation.reason}\n`);
        return context.skip(installation.reason);
      }
      const serials = Array.from({ length: ARTICLES }, (_, serial) => serial);
      const articles = await Promise.all(serials.map(store));
      const sources = await Promise.all(serials.map(follow));
      const { exitCode, output } = await runSchemathesis(installation.program, {
        gatewayUrl: system.gatewayUrl,
        known: {
          CONTRACT_SITE: site.origin,
          CONTRACT_ARTICLES: articles.map(({ id }) => id).join(','),
          CONTRACT_SOURCES: sources.join(','),
        },
        timeoutMs: TIMEOUT_MS,
      });
      if (exitCode !== 0) throw new Error(output.slice(-20_000));
      // Green over nothing would be no proof.
      expect(Number(/(\d+) generated/.exec(output)?.[1])).toBeGreaterThan(500);
    },
  );

  it('begins its stream of changes as the document says', async () => {
    await store(ARTICLES);
    const stopping = new AbortController();
    const answer = await fetch(`${system.gatewayUrl}/api/v1/stream?after=0`, {
      signal: stopping.signal,
    });
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('\ndata: ')) text += (await reader?.read())?.value ?? '';
    stopping.abort();
    const change = JSON.parse(/\ndata: (.*)\n/.exec(text)?.[1] ?? '') as object;
    const { components } = await client.getJson<{
      components: { schemas: { Change: { required: string[] } } };
    }>('/openapi.json');
    expect(Object.keys(change).toSorted()).toEqual(components.schemas.Change.required.toSorted());
  });
});
