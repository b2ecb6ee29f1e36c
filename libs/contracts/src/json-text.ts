import { InputRefused } from './input-refused.errors.ts';

/** Deepest nesting of JSON that is read; real events need fewer than ten levels. */
const MAX_JSON_DEPTH = 64;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON text from bytes: UTF-8, or UTF-16 where a byte order mark says so (what PowerShell redirects
 * into a file). Throws JSON_INVALID for bytes that are neither.
 */
export function decodeJson(bytes: Uint8Array): string {
  try {
    return new TextDecoder(jsonCharset(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new InputRefused('JSON_INVALID', 'the JSON is not UTF-8');
  }
}

function jsonCharset(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Throws TOO_DEEP before anything is built, JSON_INVALID for what cannot be parsed. */
export function parseJson(text: string): unknown {
  if (isDeeperThan(text, MAX_JSON_DEPTH)) {
    throw new InputRefused('TOO_DEEP', `the JSON is nested deeper than ${MAX_JSON_DEPTH} levels`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InputRefused('JSON_INVALID', reasonOf(error));
  }
}

// V8 quotes the input in its messages; of a hostile input as little as possible goes on.
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.toWellFormed().slice(0, 200);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isDeeperThan(text: string, limit: number): boolean {
  // Text with few brackets in all, as most is, need not be walked through.
  if (countUpTo(limit, text, '{') + countUpTo(limit, text, '[') <= limit) return false;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

function countUpTo(limit: number, text: string, sought: string): number {
  let count = 0;
  for (
    let at = text.indexOf(sought);
    at >= 0 && count <= limit;
    at = text.indexOf(sought, at + 1)
  ) {
    count += 1;
  }
  return count;
}

function isOpening(code: number): boolean {
  return code === 0x5b || code === 0x7b;
}

function isClosing(code: number): boolean {
  return code === 0x5d || code === 0x7d;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end, start)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number, start: number): boolean {
  let backslashes = 0;
  while (at - 1 - backslashes > start && text.charCodeAt(at - 1 - backslashes) === BACKSLASH) {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}
