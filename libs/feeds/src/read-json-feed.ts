import { type JsonFeed, parseJsonFeed } from 'feedsmith';
import { repairJson } from './repair-json.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const VERSION = 'https://jsonfeed.org/version/1.1';
/** Members of items that other lists of things seldom have (JSON Feed 1.1). */
const WRITTEN = ['content_html', 'content_text', 'date_published', 'date_modified', 'external_url'];
const MAX_ITEMS_LOOKED_AT = 20;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of members in lower case: some write them otherwise. */
function membersOf(value: unknown): ReadonlySet<string> {
  return new Set(isObject(value) ? Object.keys(value).map((name) => name.toLowerCase()) : []);
}

function isItem(value: unknown): boolean {
  const members = membersOf(value);
  const isAddressed = members.has('url') || members.has('id') || members.has('external_url');
  return isAddressed && WRITTEN.some((name) => members.has(name));
}

/** By what it holds: versions are written in many ways, or not at all. */
function isJsonFeed(json: JsonObject): boolean {
  const { version } = json;
  if (typeof version === 'string' && version.includes('jsonfeed.org/version/')) return true;
  const members = membersOf(json);
  const { items } = json;
  if (!Array.isArray(items)) return false;
  const isNamed = members.has('home_page_url') || members.has('feed_url');
  return isNamed || items.slice(0, MAX_ITEMS_LOOKED_AT).some(isItem);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A feed of JSON, whatever it says of its version; null where the text is none. */
export function readJsonFeed(text: string, maxItems: number): JsonFeed.Feed<string> | null {
  const json = tryJson(text) ?? tryJson(repairJson(text));
  if (!isObject(json) || !isJsonFeed(json)) return null;
  try {
    return parseJsonFeed({ ...json, version: VERSION }, { maxItems });
  } catch {
    return null;
  }
}
