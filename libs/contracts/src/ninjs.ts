import { InputRefused } from './input-refused.errors.ts';
import { isJsonObject, type JsonObject } from './json-text.ts';
import { isWebAddress } from './web-address.ts';

/**
 * IPTC ninjs (News in JSON) 1.x to 3.x as a RawArticle. The generations differ in the spelling of
 * names (`body_text`, `versioncreated`, `versionCreated`) and in lists where there were members.
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
  return TELLING.some((name) => members.has(name));
}

type Members = ReadonlyMap<string, unknown>;

const TELLING = ['bodytext', 'bodyhtml', 'bodies', 'headline', 'headlines', 'versioncreated'];
const MAX_LIST = 100;
const UTC_OR_OFFSET =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

function spelledAlike(value: JsonObject): Members {
  return new Map(
    Object.entries(value).map(([name, member]) => [name.replaceAll('_', '').toLowerCase(), member]),
  );
}

function contentOf(members: Members): JsonObject {
  const bodies = listOf(members.get('bodies'));
  const html = textOf(members.get('bodyhtml')) ?? valueOfType(bodies, 'html');
  if (html !== null) return { contentType: 'text/html', content: html };
  const text =
    textOf(members.get('bodytext')) ?? valueOfType(bodies, 'plain') ?? valueOfType(bodies, '');
  if (text !== null) return { contentType: 'text/plain', content: text };
  throw new InputRefused('NOT_AN_ARTICLE', 'the ninjs item has no text');
}

/** The first value whose content type speaks of `word`; of none in particular for an empty word. */
function valueOfType(bodies: readonly Members[], word: string): string | null {
  const body = bodies.find((candidate) =>
    (textOf(candidate.get('contenttype')) ?? '').toLowerCase().includes(word),
  );
  return textOf(body?.get('value'));
}

function hintsOf(members: Members): JsonObject {
  const byline = textOf(members.get('byline')) ?? textOf(members.get('by'));
  const hints = {
    title: textOf(members.get('headline')) ?? mainValue(members.get('headlines')),
    summary: textOf(members.get('descriptiontext')) ?? mainValue(members.get('descriptions')),
    language: textOf(members.get('language')),
    publishedAt: textOf(members.get('firstcreated')) ?? textOf(members.get('contentcreated')),
    authors: byline === null ? null : [byline.replace(/^by\s+/i, '')],
    categories: namesOf(members.get('subject') ?? members.get('subjects')),
    imageUrl: pictureOf(members.get('associations')),
  };
  return Object.fromEntries(Object.entries(hints).filter(([, hint]) => hint !== null));
}

/** Of headlines or descriptions the one with the role `main`, else the first. */
function mainValue(value: unknown): string | null {
  const entries = listOf(value);
  const main = entries.find((entry) => textOf(entry.get('role')) === 'main') ?? entries[0];
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
