import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRawArticle } from '@broadsheet/contracts';
import { normaliseArticle } from '@broadsheet/extraction';
import { describe, expect, it } from 'vitest';

const GOLDEN = fileURLToPath(new URL('../golden', import.meta.url));
/** A day that all of them lie behind. */
const FETCHED_AT = '2027-01-01T00:00:00Z';
const CASES = readdirSync(GOLDEN);

/** An input as it would be pushed: its bytes, without a content type, and its address where it has one. */
function inputOf(folder: string) {
  const files = readdirSync(folder);
  const input = files.find((file) => file.startsWith('input.'));
  if (input === undefined) throw new Error(`${folder} has no input`);
  const address = files.includes('address.txt')
    ? readFileSync(join(folder, 'address.txt'), 'utf8').trim()
    : null;
  const reading = readRawArticle({
    key: address === null ? null : Buffer.from(address),
    value: readFileSync(join(folder, input)),
    headers: new Map(),
  });
  if (reading.kind === 'rejected') throw new Error(`${reading.code}: ${reading.detail}`);
  return reading.input;
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

describe('the golden cases', () => {
  it('are enough to mean something', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(12);
  });

  it.each(CASES)('%s is read as before (npm run golden:update rewrites)', async (name) => {
    const folder = join(GOLDEN, name);
    const { charset, outcome } = normaliseArticle(inputOf(folder), FETCHED_AT);
    if (outcome.kind === 'rejected') {
      await expect(asJson(outcome)).toMatchFileSnapshot(join(folder, 'expected.json'));
      return;
    }
    const { text, html, ...fields } = outcome.article;
    await expect(asJson({ charset, ...fields })).toMatchFileSnapshot(join(folder, 'expected.json'));
    await expect(`${text}\n`).toMatchFileSnapshot(join(folder, 'expected.txt'));
    await expect(`${html}\n`).toMatchFileSnapshot(join(folder, 'expected.html'));
  });
});
