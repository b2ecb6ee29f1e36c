import {
  GatewayClient,
  openRawTopic,
  type RawTopic,
  waitFor,
  withoutStory,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asAgencyText, asPage, type Story, story } from './story.ts';

const gateway = new GatewayClient(inject('systemGatewayUrl'));
let raw: RawTopic;

beforeAll(async () => {
  raw = await openRawTopic(inject('systemBrokers'));
});
afterAll(() => raw.close());

const cloudEvent = (url: string) => ({
  ce_specversion: '1.0',
  ce_id: `push-of-${url}`,
  ce_source: 'https://wire.example',
  ce_type: 'example.wire.story',
  ce_subject: url,
});

const json = (value: unknown) => JSON.stringify(value);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Every way of pushing a story under an address. */
const WAYS: readonly [string, (told: Story, url: string) => Promise<unknown>][] = [
  [
    'a CloudEvent in binary mode with a page',
    (told, url) =>
      raw.push({
        value: asPage(told),
        headers: { ...cloudEvent(url), 'content-type': 'text/html; charset=utf-8' },
      }),
  ],
  [
    'a CloudEvent in binary mode with plain text',
    (told, url) =>
      raw.push({
        value: asAgencyText(told),
        headers: { ...cloudEvent(url), 'content-type': 'text/plain' },
      }),
  ],
  [
    'a CloudEvent in structured mode with text data',
    (told, url) =>
      raw.push({
        headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
        value: json({
          specversion: '1.0',
          id: `s-${told.serial}`,
          source: 'https://wire.example',
          type: 'example.wire.story',
          subject: url,
          datacontenttype: 'text/html',
          data: asPage(told),
        }),
      }),
  ],
  [
    'a CloudEvent in structured mode with base64 data',
    (told, url) =>
      raw.push({
        headers: { 'content-type': 'application/cloudevents+json' },
        value: json({
          specversion: '1.0',
          id: `b-${told.serial}`,
          source: 'https://wire.example',
          type: 'example.wire.story',
          subject: url,
          datacontenttype: 'text/plain',
          data_base64: base64(asAgencyText(told)),
        }),
      }),
  ],
  [
    'RawArticle JSON with content',
    (told, url) =>
      raw.push({ value: json({ url, contentType: 'text/plain', content: asAgencyText(told) }) }),
  ],
  [
    'RawArticle JSON with base64 content',
    (told, url) =>
      raw.push({
        value: json({ url, contentType: 'text/html', contentBase64: base64(asPage(told)) }),
      }),
  ],
  ['a bare page with the URL as key', (told, url) => raw.push({ key: url, value: asPage(told) })],
  [
    'a bare page with the URL in a header',
    (told, url) => raw.push({ value: asPage(told), headers: { url } }),
  ],
  [
    'bare text with the URL as key',
    (told, url) => raw.push({ key: url, value: asAgencyText(told) }),
  ],
  [
    'RawArticle JSON over HTTP',
    (told, url) => gateway.push(json({ url, content: asAgencyText(told) }), 'application/json'),
  ],
  [
    'the page over HTTP',
    (told, url) => gateway.push(asPage(told), 'text/html; charset=utf-8', url),
  ],
  ['the text over HTTP', (told, url) => gateway.push(asAgencyText(told), 'text/plain', url)],
];

describe('one story, pushed in each way', () => {
  const id = new Map<string, string>();

  it.each(WAYS)('%s gives the same text', async (name, push) => {
    const told = story(`way${WAYS.findIndex(([way]) => way === name)}`);
    const url = `https://news.example.org/town/${told.serial}`;
    await push(told, url);
    const article = await gateway.findOne({ url });
    expect(article).toMatchObject({ title: told.title, text: told.text, language: 'en', url });
    id.set(name, article.id);
  });

  it('each address has its own id, and the same address the same id by every way', async () => {
    expect(new Set(id.values()).size).toBe(WAYS.length);
    const told = story('everyway');
    const url = 'https://news.example.org/town/every-way';
    const first = await pushAndFind(WAYS[0]?.[1], told, url);
    for (const [, push] of WAYS.slice(1)) {
      const before = (await gateway.trailOfUrl(url)).filter(({ step }) => step === 'indexed');
      await push(told, url);
      await waitFor(
        async () => {
          const steps = await gateway.trailOfUrl(url);
          return steps.filter(({ step }) => step === 'indexed').length > before.length;
        },
        { timeoutMs: 20_000, what: 'another indexed step' },
      );
      const found = await gateway.search({ url });
      expect(found.map((article) => article.id)).toEqual([first]);
      expect(found[0]?.text).toBe(told.text);
    }
  });
});

async function pushAndFind(
  push: ((told: Story, url: string) => Promise<unknown>) | undefined,
  told: Story,
  url: string,
): Promise<string> {
  await push?.(told, url);
  return (await gateway.findOne({ url })).id;
}

describe('a second push', () => {
  it('changes nothing and says so', async () => {
    const told = story('secondpush');
    const url = 'https://news.example.org/town/second';
    await raw.push({ key: url, value: asAgencyText(told) });
    const first = await gateway.findOne({ url });
    await raw.push({ key: url, value: asAgencyText(told) });
    await waitFor(
      async () => {
        const steps = await gateway.trailOfUrl(url);
        return steps.some(
          ({ step, detail }) => step === 'indexed' && detail['kind'] === 'unchanged',
        );
      },
      { timeoutMs: 20_000, what: 'the step indexed, unchanged' },
    );
    const found = await gateway.search({ url });
    expect(found.map(withoutStory)).toEqual([withoutStory(first)]);
  });

  it('of a text without a URL is the same article', async () => {
    const told = story('nourl');
    const query = { q: 'nourl' };
    await raw.push({ value: asAgencyText(told) });
    const first = await gateway.findOne(query);
    const answer = await gateway.push(asAgencyText(told).replaceAll('\n', '\r\n'), 'text/plain');
    expect(answer.status).toBe(202);
    const accepted = (await answer.json()) as { id: string; url: string | null };
    expect(accepted).toMatchObject({ id: first.id, url: null });
    await waitFor(
      async () => {
        const { items } = await gateway.getJson<{ items: { step: string }[] }>(
          `/api/v1/articles/${first.id}/trail`,
        );
        return items.filter(({ step }) => step === 'indexed').length === 2;
      },
      { timeoutMs: 20_000, what: 'two indexed steps' },
    );
    expect(await gateway.search(query)).toHaveLength(1);
  });
});
