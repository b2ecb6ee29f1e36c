import type { RawRecord } from '@broadsheet/testing';

/** Numbered articles of a few hundred words, each with an address of its own. */
export function wireArticles(run: string, count: number): readonly RawRecord[] {
  return Array.from({ length: count }, (_, n) => ({
    key: addressOf(run, n),
    value: textOf(run, n),
  }));
}

export function addressOf(run: string, n: number): string {
  return `https://wire.example.org/${run}/${n}`;
}

export function textOf(run: string, n: number): string {
  const paragraph = `Report ${n} of the ${run} series says that the harbour was calm, that ${n + 3} boats came in with the tide, and that the market opened at the usual hour with fish, bread and apples from the hills.`;
  return `Harbour report ${n} of the ${run} series\n\n${Array.from({ length: 8 }, () => paragraph).join('\n\n')}\n`;
}
