const PREFIX = String.raw`(?:[\w.-]{1,40}:)?`;

const CLOSED_ROOT = {
  rss: new RegExp(`</${PREFIX}rss\\s*>`, 'i'),
  feed: new RegExp(`</${PREFIX}feed\\s*>`, 'i'),
  rdf: new RegExp(`</${PREFIX}rdf\\s*>`, 'i'),
  channel: new RegExp(`</${PREFIX}channel\\s*>`, 'i'),
} as const;
const ITEM = {
  opened: new RegExp(`<${PREFIX}item[\\s>]`, 'gi'),
  closed: new RegExp(`</${PREFIX}item\\s*>`, 'gi'),
};
const ENTRY = {
  opened: new RegExp(`<${PREFIX}entry[\\s>]`, 'gi'),
  closed: new RegExp(`</${PREFIX}entry\\s*>`, 'gi'),
};

export type FeedRoot = keyof typeof CLOSED_ROOT;

export function isFeedRoot(root: string): root is FeedRoot {
  return Object.hasOwn(CLOSED_ROOT, root);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/**
 * Whether a feed was closed as it was opened. The XML parser takes a document that ends in the middle, or an
 * entry that never ends, without a word, and gives half an address for a whole one.
 */
export function isWhole(text: string, root: FeedRoot): boolean {
  const { opened, closed } = root === 'feed' ? ENTRY : ITEM;
  return CLOSED_ROOT[root].test(text) && count(text, opened) === count(text, closed);
}
