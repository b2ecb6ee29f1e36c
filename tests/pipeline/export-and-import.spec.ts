import { GatewayClient, waitFor } from '@broadsheet/testing';
import { beforeAll, describe, expect, inject, it } from 'vitest';

const baseUrl = inject('systemGatewayUrl');
const gateway = new GatewayClient(baseUrl);
const MARK = 'roundtrip';
const SITE = 'https://export-and-import.example';
const PAGE = `<!doctype html><html lang="en"><head><title>Ferry returns - The Example</title>
<link rel="canonical" href="${SITE}/ferry">
<meta name="description" content="After ten years the ferry is back.">
<meta property="article:section" content="Town"><meta name="keywords" content="ferry, quay">
<meta property="article:published_time" content="2024-07-15T10:30:00+02:00">
<meta property="og:image" content="${SITE}/ferry.jpg"><meta name="author" content="Ada Example">
</head><body><article><h1>Ferry returns</h1>
<p>The ferry came back on Monday for the ${MARK}, and <a href="/quay">the quay</a> was full of people from the islands.</p>
<h2>Since dawn</h2><ul><li>People had <em>waited</em> on the quay since dawn, some of them with flags.</li></ul>
<p>Read more about the ferry in the paper of tomorrow, which the mayor will hand out in person.</p></article></body></html>`;

type Article = Readonly<Record<string, unknown>>;

/** Without the others that tell of the same: they are looked for after an article was stored. */
function byItself({ duplicateOf: _copy, storyId: _story, ...article }: Article): Article {
  return article;
}

/** What an article is, without its place in the store that it came into. */
function contentOf(article: Article): Article {
  const { id: _id, firstSeenAt: _seen, updatedAt: _at, ...content } = byItself(article);
  return content;
}

async function exported(query: string): Promise<Article[]> {
  const answer = await fetch(`${baseUrl}/api/v1/export?${query}`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Article);
}

async function importLines(lines: readonly string[]): Promise<Article[]> {
  const answer = await fetch(`${baseUrl}/api/v1/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  expect(answer.status).toBe(200);
  return (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Article);
}

describe('what was exported', () => {
  let line: Article;

  beforeAll(async () => {
    await gateway.push(PAGE, 'text/html', `${SITE}/ferry?from=home`);
    await gateway.findOne({ q: MARK });
    const [first] = await exported(`q=${MARK}`);
    if (first === undefined) throw new Error('nothing was exported');
    line = first;
  });

  it('holds what only the page told', () => {
    expect(line).toMatchObject({ section: 'Town', keywords: ['ferry', 'quay'], revision: 1 });
    expect(line['html']).toContain('<a href=');
  });

  it('comes back as the same article where there was none, field by field', async () => {
    const elsewhere = 'https://imported.example';
    // The id is that of the old address.
    const moved = JSON.stringify({ ...line, id: undefined }).replaceAll(SITE, elsewhere);
    const results = await importLines(['{"title":', moved, '{"title":"no text"}']);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'accepted', 'rejected']);
    await gateway.findOne({ url: `${elsewhere}/ferry` });
    const [again] = await exported(`url=${encodeURIComponent(`${elsewhere}/ferry`)}`);
    const expected = JSON.parse(moved) as Article;
    expect(contentOf(again ?? {})).toEqual(contentOf({ ...expected, site: 'imported.example' }));
    expect(results[1]?.['id']).not.toBe(line['id']);
  });

  it('changes nothing where it is already, however often it is imported', async () => {
    const text = JSON.stringify(line);
    await importLines([text, text]);
    const steps = await waitFor(
      async () => {
        const trail = await gateway.trailOfUrl(`${SITE}/ferry`);
        const kinds = trail
          .filter(({ step }) => step === 'indexed')
          .map((one) => one.detail['kind']);
        return kinds.length >= 3 && kinds;
      },
      { timeoutMs: 30_000, what: 'the import to be indexed' },
    );
    expect(steps).toEqual(['created', 'unchanged', 'unchanged']);
    const again = await exported(`q=${MARK}&site=export-and-import.example`);
    expect(again.map(byItself)).toEqual([byItself(line)]);
  });
});
