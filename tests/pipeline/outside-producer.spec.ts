import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GatewayClient } from '@broadsheet/testing';
import { describe, expect, inject, it } from 'vitest';
import { asAgencyText, story } from './story.ts';

const gateway = new GatewayClient(inject('systemGatewayUrl'));
const hasKcat = spawnSync('kcat', ['-V']).status === 0;
const seed = fileURLToPath(
  new URL('../../../shared/seeds/000_de20cb249d2e9cc2.txt', import.meta.url),
);
const scratch = mkdtempSync(join(tmpdir(), 'broadsheet-kcat-'));

async function kcat(...args: string[]): Promise<void> {
  await promisify(execFile)('kcat', [
    '-P',
    '-b',
    inject('systemBrokers'),
    '-t',
    'articles.raw',
    ...args,
  ]);
}

if (!hasKcat) console.warn('SKIPPED kcat as an outside producer: kcat is not installed');

describe.skipIf(!hasKcat)('kcat as an outside producer', () => {
  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])(
    'a text sent with codec %s is found',
    async (codec) => {
      const told = story(`codec${codec}`);
      const file = join(scratch, `${codec}.txt`);
      writeFileSync(file, asAgencyText(told));
      await kcat('-z', codec, file);
      const article = await gateway.findOne({ q: told.serial });
      expect(article).toMatchObject({ title: told.title, text: told.text, url: null });
    },
  );

  if (!existsSync(seed)) console.warn(`SKIPPED the acceptance article: ${seed} is absent`);

  it.skipIf(!existsSync(seed))('the acceptance article comes out as written', async () => {
    await kcat(seed);
    const article = await gateway.findOne({ q: 'cybersecurity' });
    const lines = readFileSync(seed, 'utf8').split(/\n{2,}/);
    expect(article).toMatchObject({
      title: lines[1],
      description: lines[2]?.replace('Heading: ', ''),
      dateline: 'Washington',
      language: 'en',
      publishedAtPrecision: 'day',
      text: lines.slice(4, 11).join('\n\n'),
    });
    expect(article.publishedAt).toMatch(/^2024-07-15/);
    expect(article.text).toMatch(/^Washington: /);
    expect(article.text).not.toMatch(/Related Articles|Latest Articles|Most Popular/);
  });
});
