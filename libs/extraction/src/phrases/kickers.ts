import kickers from './data/kickers.json' with { type: 'json' };
import { foldLine } from './fold-line.ts';

/** Words before a colon or dash that announce a kind of report and are no place. */
const folded: ReadonlySet<string> = new Set(kickers.map(foldLine));

export function isKicker(words: string): boolean {
  return folded.has(foldLine(words));
}
