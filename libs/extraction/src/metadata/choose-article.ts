import { urlKey } from '@broadsheet/article';
import { absoluteUrl } from '../page/web-address.ts';
import { foldLine } from '../phrases/fold-line.ts';

/** An object of structured data, by its properties. */
export type Thing = Readonly<Record<string, unknown>>;

/** By what the article of a page is told from others that the page describes. */
export interface PageIdentity {
  /** Of the page itself, the first one known being the base of relative ones. */
  readonly addresses: readonly (string | null | undefined)[];
  readonly titles: readonly (string | undefined)[];
}

const SHORTEST_HEADLINE = 10;
const LONGEST_TITLE = 500;

/**
 * Of several articles the one at the page's own address, else one whose headline is in the page's
 * title, else the first; those that name neither headline nor date only where there is no other.
 */
export function chooseArticle(articles: readonly Thing[], page: PageIdentity): Thing | undefined {
  const told = articles.filter(
    (thing) => thing['headline'] !== undefined || thing['datePublished'] !== undefined,
  );
  const [first = articles[0], second] = told;
  if (second === undefined) return first;
  return told.find(isAtAddressOf(page)) ?? told.find(isTitledLike(page)) ?? first;
}

function isAtAddressOf({ addresses }: PageIdentity): (thing: Thing) => boolean {
  const known = addresses.filter((address) => address !== null && address !== undefined);
  const [base = null] = known;
  const keyOf = (address: string): string | null => {
    const absolute = absoluteUrl(address, base);
    return absolute === null ? null : urlKey(absolute);
  };
  const keys = new Set(known.map(keyOf));
  keys.delete(null);
  return ({ url, mainEntityOfPage, '@id': id }) =>
    [url, mainEntityOfPage, id].flatMap(addressesIn).some((address) => keys.has(keyOf(address)));
}

function addressesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const { url, '@id': id } = value as Thing;
  return [url, id].filter((address) => typeof address === 'string');
}

function isTitledLike({ titles }: PageIdentity): (thing: Thing) => boolean {
  const wordings = titles.map((title = '') => foldLine(title.slice(0, LONGEST_TITLE)));
  return ({ headline }) => {
    if (typeof headline !== 'string') return false;
    const own = foldLine(headline.slice(0, LONGEST_TITLE));
    return own.length >= SHORTEST_HEADLINE && wordings.some((wording) => wording.includes(own));
  };
}
