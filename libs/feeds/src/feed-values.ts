import { parseDate } from '@broadsheet/text';
import { resolveAddress, type BaseAddress } from './base-address.ts';
import type { FeedEnclosure, FeedPerson } from './feed.ts';
import { htmlToText } from './html-text.ts';

/** The first value that holds more than white space. */
export function firstText(...values: readonly (string | undefined)[]): string | null {
  return values.find((value) => value !== undefined && value.trim() !== '') ?? null;
}

/** The first value that is a date, in UTC. What cannot be read is no date. */
export function firstDate(...values: readonly (string | undefined)[]): string | null {
  for (const value of values) {
    const date = value === undefined ? null : parseDate(value);
    if (date !== null) return date.utc;
  }
  return null;
}

export function textOf(html: string | null): string | null {
  return html === null ? null : firstText(htmlToText(html));
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const WEB = /^https?:/i;

/** The first address that may be that of a page: `javascript:` and its like lead nowhere. */
export function pageAddressOf(
  base: BaseAddress,
  ...candidates: readonly (string | undefined)[]
): string | null {
  const addresses = candidates.flatMap((candidate) =>
    candidate === undefined || candidate.trim() === '' ? [] : [resolveAddress(candidate, base)],
  );
  return addresses.find((address) => WEB.test(address) || !SCHEME.test(address)) ?? null;
}

export function addressOf(value: string | null, base: BaseAddress): string | null {
  return value === null ? null : resolveAddress(value, base);
}

interface LoosePerson {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly uri?: string | undefined;
  readonly url?: string | undefined;
  readonly link?: string | undefined;
}

function toPerson(person: string | LoosePerson): FeedPerson {
  if (typeof person === 'string') return { name: person.trim(), email: null, url: null };
  return {
    name: firstText(person.name),
    email: firstText(person.email),
    url: firstText(person.uri, person.url, person.link),
  };
}

/** The persons of the first list that names any: the same people are often given twice, in two ways. */
export function firstPersons(
  ...lists: readonly (readonly (string | LoosePerson | undefined)[] | undefined)[]
): readonly FeedPerson[] {
  for (const list of lists) {
    const persons = (list ?? [])
      .filter((person) => person !== undefined)
      .map(toPerson)
      .filter((person) => Boolean(person.name ?? person.email));
    if (persons.length > 0) return persons;
  }
  return [];
}

/** Names without repetition, in the order given. */
export function distinctTexts(values: readonly (string | undefined)[]): readonly string[] {
  const texts = values.map((value) => value?.trim() ?? '').filter((value) => value !== '');
  return [...new Set(texts)];
}

interface LooseEnclosure {
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  readonly length?: number | undefined;
}

export function toEnclosures(
  list: readonly LooseEnclosure[] | undefined,
  base: BaseAddress,
): readonly FeedEnclosure[] {
  return (list ?? []).flatMap(({ url, type, length }) =>
    url === undefined
      ? []
      : [{ url: resolveAddress(url, base), type: type ?? null, length: length ?? null }],
  );
}

interface LooseMedia {
  readonly thumbnails?: readonly { readonly url?: string | undefined }[] | undefined;
  readonly contents?:
    | readonly {
        readonly url?: string | undefined;
        readonly medium?: string | undefined;
        readonly type?: string | undefined;
      }[]
    | undefined;
}

/** The picture that an entry is shown with. */
export function imageOf(
  media: LooseMedia | undefined,
  enclosures: readonly FeedEnclosure[],
  base: BaseAddress,
): string | null {
  const picture = media?.contents?.find(
    (content) => content.medium === 'image' || content.type?.startsWith('image/'),
  );
  const enclosed = enclosures.find((enclosure) => enclosure.type?.startsWith('image/'));
  const found = firstText(picture?.url, media?.thumbnails?.[0]?.url, enclosed?.url);
  return addressOf(found, base);
}
