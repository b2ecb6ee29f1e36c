import { TOPIC } from '@broadsheet/contracts';
import { findFreePort } from '@broadsheet/embedded-servers';
import { waitFor } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ComposeProject, whyNoDocker } from './docker.ts';
import { sendToKafka } from './send-to-kafka.ts';

const reason = whyNoDocker();
if (reason !== null) console.warn(`SKIPPED docker compose: ${reason}`);

const ARTICLE = `Tuesday, March 3, 2026

Lighthouse keeper retires after forty winters

PORTVALE: The last keeper of the Skerrow lighthouse climbed down its stairs on Tuesday.

She had lit the lamp every evening since 1986, and the harbour thanked her with a lantern parade.
`;

interface ComposeState {
  readonly Service: string;
  readonly State: string;
  readonly Health: string;
  readonly Publishers: readonly { readonly URL: string; readonly PublishedPort: number }[] | null;
}

describe.skipIf(reason !== null)('docker compose up --build --wait', () => {
  let project: ComposeProject;
  let kafkaPort: number;
  let httpPort: number;

  beforeAll(async () => {
    [kafkaPort, httpPort] = await Promise.all([findFreePort(), findFreePort()]);
    project = new ComposeProject(`broadsheet-test-${process.pid}`, {
      http: httpPort,
      kafka: kafkaPort,
    });
    await project.run('up', '--build', '--wait', '--quiet-pull');
  });

  afterAll(async () => {
    await project.run('down', '--volumes', '--remove-orphans');
  });

  async function states(): Promise<readonly ComposeState[]> {
    const lines = (await project.run('ps', '--format', 'json')).trim().split('\n');
    return lines.map((line) => JSON.parse(line) as ComposeState);
  }

  it('has every service healthy', async () => {
    const healthy = (await states()).filter(({ Health }) => Health === 'healthy');
    expect(healthy.map(({ Service }) => Service).toSorted()).toEqual([
      'fetcher',
      'gateway',
      'indexer',
      'kafka',
      'parser',
      'postgres',
    ]);
  });

  it('publishes the gateway and the broker on the loopback alone', async () => {
    const published = (await states())
      .flatMap(({ Publishers }) => Publishers ?? [])
      .filter(({ PublishedPort }) => PublishedPort > 0);
    expect(new Set(published.map(({ URL }) => URL))).toEqual(new Set(['127.0.0.1']));
    expect(new Set(published.map(({ PublishedPort }) => PublishedPort))).toEqual(
      new Set([httpPort, kafkaPort]),
    );
  });

  it.each(['parser', 'indexer', 'fetcher', 'gateway'])('runs %s as no root', async (service) => {
    const uid = await project.run('exec', '--no-TTY', service, 'id', '-u');
    expect(Number(uid)).toBeGreaterThan(0);
  });

  it('finds what a producer outside of the containers pushes', async () => {
    await sendToKafka(`localhost:${kafkaPort}`, TOPIC.raw, ARTICLE);
    const found = await waitFor(() => search('lantern parade'), { timeoutMs: 30_000, pollMs: 250 });
    expect(found.title).toBe('Lighthouse keeper retires after forty winters');
  });

  it('still finds it after all containers were stopped and started', async () => {
    await project.run('stop');
    await project.run('up', '--wait');
    const found = await waitFor(() => search('lantern parade'), { timeoutMs: 30_000, pollMs: 250 });
    expect(found.title).toBe('Lighthouse keeper retires after forty winters');
  });

  async function search(words: string): Promise<{ readonly title: string } | undefined> {
    const query = new URLSearchParams({ q: words }).toString();
    const answer = await fetch(`http://localhost:${httpPort}/api/v1/articles?${query}`);
    const page = (await answer.json()) as { items: { title: string }[] };
    return page.items[0];
  }
});
