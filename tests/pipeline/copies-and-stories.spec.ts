import { GatewayClient, openRawTopic, type RawTopic, waitFor } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const gateway = new GatewayClient(inject('systemGatewayUrl'));
let raw: RawTopic;

beforeAll(async () => {
  raw = await openRawTopic(inject('systemBrokers'));
});
afterAll(() => raw.close());

interface Told {
  readonly id: string;
  readonly duplicateOf: string | null;
  readonly storyId: string | null;
}

const AGENCY = [
  'The lighthouse keepers of Skerrymore have handed the lamp over to a machine after two hundred years, and the last of them, Elspeth Gunn, came ashore on Friday with her cat and eleven boxes of letters.',
  'The commissioners said that sensors will watch the lamp from the mainland and that a boat will call every second month. Fishermen had asked for a keeper to stay, because radios fail in the sound when the weather is worst.',
  'Gunn told the crowd on the pier that she had read every book in the tower twice. She will live with her sister in Portlinn and means to write down what the keepers before her told one another about the great storm.',
  'A small museum is to open in the keepers’ cottage next summer. The lens, which floats on a bath of mercury, stays where it is, for nobody knows how to bring it down the stairs.',
];
const OTHER_REPORT = [
  'It was raining when Elspeth Gunn stepped onto the pier of Portlinn on Friday afternoon. Behind her, across the sound, the lamp of Skerrymore went on turning without anybody in the tower.',
  'Her cat did not like the crossing, she said, and would not be asked about it. Schoolchildren sang, the harbour master gave a speech, and somebody had painted the year of the first keeper on a bed sheet.',
  'For the commissioners the machine is cheaper, and it does not fall ill. Whether it hears a foghorn is another question, said one of the fishermen, who asked that his name be left out.',
];

async function push(url: string, title: string, paragraphs: readonly string[]): Promise<void> {
  const content = `Friday, May 8, 2026\n\n${title}\n\n${paragraphs.join('\n\n')}\n`;
  await raw.push({ value: JSON.stringify({ url, contentType: 'text/plain', content }) });
}

/** The article once it is stored and part of a story. */
async function told(url: string): Promise<Told> {
  return waitFor(
    async () => {
      const [article] = await gateway.search({ url });
      if (article === undefined) return false;
      const found = await gateway.getJson<Told>(`/api/v1/articles/${article.id}`);
      return found.storyId !== null && found;
    },
    { timeoutMs: 30_000, what: `${url} in a story` },
  );
}

describe('an agency text that two sites bring, and another report of the event', () => {
  it('are an original, its copy and one story', async () => {
    const urls = ['agency', 'weekly', 'daily'].map((site) => `https://${site}.example/skerrymore`);
    const [first = '', second = '', third = ''] = urls;
    await push(first, 'Last keeper leaves Skerrymore lighthouse to a machine', AGENCY);
    const original = await told(first);
    const framed = ['From our own correspondents and the agencies.', ...AGENCY.slice(0, 3)];
    await push(second, 'Lamp without a keeper', framed);
    const copy = await told(second);
    await push(third, 'Skerrymore lighthouse: last keeper Gunn comes ashore', OTHER_REPORT);
    const report = await told(third);

    expect(original.duplicateOf).toBeNull();
    expect(copy.duplicateOf).toBe(original.id);
    expect(report.duplicateOf).toBeNull();
    expect(await gateway.getJson(`/api/v1/articles/${copy.id}/similar`)).toMatchObject({
      items: [{ id: original.id, similarity: expect.any(Number) }],
    });
    const steps = await gateway.trailOfUrl(second);
    expect(steps.find(({ step }) => step === 'duplicate-of')).toMatchObject({
      articleId: original.id,
    });

    expect([copy.storyId, report.storyId]).toEqual([original.storyId, original.storyId]);
    expect(await gateway.getJson(`/api/v1/stories/${report.storyId}`)).toMatchObject({
      size: 3,
      title: 'Last keeper leaves Skerrymore lighthouse to a machine',
    });
  });
});
