import { foldLine } from '../phrases/fold-line.ts';
import wordings from './data/wordings.json' with { type: 'json' };

type Kind = 'error' | 'bot' | 'login' | 'cookies';

const TITLE_BORDER = /\s*[|–—»·•]\s*|\s+-\s+|\.{2,}|…/u;
const LONGEST_TITLE = 300;

const titles = {
  error: collect('error'),
  bot: collect('bot'),
  login: collect('login'),
  cookies: collect('cookies'),
} as const satisfies Record<Kind, ReadonlySet<string>>;

function collect(kind: Kind): ReadonlySet<string> {
  return new Set(Object.values(wordings).flatMap((language) => language[kind].map(foldLine)));
}

/** Whether the whole title, or the first or last part of it, is what such pages are called. */
export function isTitledLike(kind: Kind, title: string): boolean {
  const parts = title.slice(0, LONGEST_TITLE).split(TITLE_BORDER).filter(Boolean);
  const candidates = [title, parts[0] ?? '', parts.at(-1) ?? ''].map(foldLine);
  return candidates.some((candidate) => titles[kind].has(candidate));
}
