import agencies from './data/agencies.json' with { type: 'json' };
import { foldLine } from './fold-line.ts';

/** News agencies as they sign datelines and credit lines. */
const folded: ReadonlySet<string> = new Set(agencies.map(foldLine));

export function isAgency(name: string): boolean {
  return folded.has(foldLine(name));
}
