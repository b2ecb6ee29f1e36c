import { InputRefused } from './input-refused.errors.ts';
import { isJsonObject, type JsonObject } from './json-text.ts';
import { isWebAddress } from './web-address.ts';

/**
 * IPTC ninjs (News in JSON) 1.x to 3.x as a RawArticle. In 1.x the sender chooses the end of the names
 * `headline_…`, `description_…` and `body_…`; from 2.0 on these are lists (`headlines`, `bodies`) and the
 * byline is `by`; 3.x writes `versionCreated` for `versioncreated`.
 */
export function fromNinjs(item: JsonObject): JsonObject {
  const members = spelledAlike(item);
  const status = textOf(members.get('pubstatus'));
  if (status !== null && status !== 'usable') {
    throw new InputRefused('NOT_AN_ARTICLE', `the ninjs item is ${status.slice(0, 40)}`);
  }
  const uri = textOf(members.get('uri')) ?? '';
  const written = instantOf(members.get('versioncreated'));
  return {
    ...contentOf(members),
    ...(isWebAddress(uri) ? { url: uri } : {}),
    ...(written === null ? {} : { fetchedAt: written }),
    hints: hintsOf(members),
  };
}

/** Whether a JSON object is a ninjs item: `uri` is all that the standard asks for. */
export function isNinjs(value: JsonObject): boolean {
  if (typeof value['uri'] !== 'string' || 'content' in value || 'contentBase64' in value)
    return false;
  const members = spelledAlike(value);
  return [...members.keys()].some((name) => TELLING.test(name));
}

type Members = ReadonlyMap<string, unknown>;

const TELLING = /^(?:bod(?:y|ies)|headline|versioncreated$)/;
const MARKUP_NAME = /html|richtext/;
const MAX_LIST = 100;
const UTC_OR_OFFSET =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

function spelledAlike(value: JsonObject): Members {
  return new Map(
    Object.entries(value).map(([name, member]) => [name.replaceAll('_', '').toLowerCase(), member]),
  );
}

function contentOf(members: Members): JsonObject {
  const named = textsNamed(members, 'body');
  const bodies = mainFirst([...listOf(members.get('bodies')), ...listOf(members.get('body'))]);
  const html =
    named.find(([name]) => MARKUP_NAME.test(name))?.[1] ?? valueOfType(bodies, MARKUP_NAME);
  if (html !== null) return { contentType: 'text/html', content: html };
  const text = named[0]?.[1] ?? valueOfType(bodies, /plain/) ?? valueOfType(bodies, /(?:)/);
  if (text !== null) return { contentType: 'text/plain', content: text };
  throw new InputRefused('NOT_AN_ARTICLE', 'the ninjs item has no text');
}

/** The texts whose names the sender ended: `body_main`, `body_richtext`. */
function textsNamed(members: Members, start: string): readonly (readonly [string, string])[] {
  return [...members].flatMap(([name, value]) => {
    const text = name.startsWith(start) ? textOf(value) : null;
    return text === null ? [] : [[name, text] as const];
  });
}

/** A sender may put an introduction before the text, and tells the two by their roles. */
function mainFirst(entries: readonly Members[]): readonly Members[] {
  const main = entries.filter((entry) => textOf(entry.get('role')) === 'main');
  return main.length > 0 ? main : entries;
}

/** The first value whose content type or name is one of those. */
function valueOfType(bodies: readonly Members[], type: RegExp): string | null {
  const body = bodies.find((candidate) =>
    type.test(
      `${textOf(candidate.get('contenttype')) ?? textOf(candidate.get('name'))}`.toLowerCase(),
    ),
  );
  return textOf(body?.get('value'));
}

function hintsOf(members: Members): JsonObject {
  const byline = firstOf(members, ['byline', 'by']);
  const hints = {
    title: mainText(members, 'headline'),
    summary: mainText(members, 'description'),
    language: textOf(members.get('language')),
    publishedAt: firstOf(members, ['firstcreated', 'contentcreated', 'versioncreated']),
    authors: byline === null ? null : [byline.replace(/^by\s+/i, '')],
    categories: namesOf(members.get('subject') ?? members.get('subjects')),
    imageUrl: pictureOf(members.get('associations')),
  };
  return Object.fromEntries(Object.entries(hints).filter(([, hint]) => hint !== null));
}

function firstOf(members: Members, names: readonly string[]): string | null {
  return names.map((name) => textOf(members.get(name))).find((text) => text !== null) ?? null;
}

/** `headline`, `headline_main`, any other `headline_…`, or `headlines`. */
function mainText(members: Members, name: string): string | null {
  return (
    firstOf(members, [name, `${name}main`, `${name}text`]) ??
    mainValue(members.get(`${name}s`)) ??
    textsNamed(members, name)[0]?.[1] ??
    null
  );
}

/** Of headlines or descriptions the one with the role `main`, else the first. */
function mainValue(value: unknown): string | null {
  const [main] = mainFirst(listOf(value));
  return textOf(main?.get('value'));
}

function namesOf(value: unknown): readonly string[] | null {
  const names = listOf(value).flatMap((entry) => textOf(entry.get('name')) ?? []);
  return names.length === 0 ? null : names;
}

function pictureOf(associations: unknown): string | null {
  const picture = listOf(associations).find((item) => textOf(item.get('type')) === 'picture');
  const addresses = listOf(picture?.get('renditions')).flatMap(
    (rendition) => textOf(rendition.get('href')) ?? [],
  );
  return addresses.find(isWebAddress) ?? null;
}

/** The objects of a list, or of an object whose members were named by the sender. */
function listOf(value: unknown): readonly Members[] {
  const entries = isJsonObject(value) ? Object.values(value) : value;
  if (!Array.isArray(entries)) return [];
  return entries.slice(0, MAX_LIST).filter(isJsonObject).map(spelledAlike);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function instantOf(value: unknown): string | null {
  const text = textOf(value);
  if (text === null || !UTC_OR_OFFSET.test(text) || Number.isNaN(Date.parse(text))) return null;
  return new Date(text).toISOString();
}
