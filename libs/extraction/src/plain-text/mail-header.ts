const HEADER_LINE = /^([A-Za-z][A-Za-z-]{1,40}):[ \t]*(.*)$/;
const TELLTALE: ReadonlySet<string> = new Set(['from', 'to', 'subject', 'message-id']);
const ENCODED_WORD = /=\?([\w-]{1,40})\?([BbQq])\?([^?\s]{0,500})\?=(?:\s+(?==\?))?/g;
const CHARSET = /charset\s*=\s*"?([\w-]{1,40})/i;
const MOST_HEADER_LINES = 100;
const MOST_SIGNATURE_LINES = 20;
const EQUALS = 61;
const LINE_END = /\r\n|\n|\r/;
const DESK =
  /\b(?:news|desk|press|agency|editor|editorial|newsroom|media|service|team|wire|daily)\b/i;

/**
 * Replaces the header of an e-mail (RFC 5322) by the lines that tell about the article: subject,
 * date and, where it names a person, sender. Other texts come back unchanged.
 */
export function rewriteMailHeader(text: string): string {
  const head = text.split(LINE_END, MOST_HEADER_LINES);
  const { fields, length } = readFields(head);
  const telltales = [...fields.keys()].filter((name) => TELLTALE.has(name)).length;
  if (telltales < 2 || head[length]?.trim() !== '') return text;
  const body = decodeBody(text.split(LINE_END).slice(length).join('\n'), fields);
  const lines = withoutSignature(body.split(LINE_END));
  return [...articleLines(fields), '', ...lines].join('\n');
}

/** RFC 2045 §6: how the body is written. */
function decodeBody(body: string, fields: ReadonlyMap<string, string>): string {
  const encoding = fields.get('content-transfer-encoding')?.trim().toLowerCase();
  if (encoding !== 'quoted-printable' && encoding !== 'base64') return body;
  const charset = CHARSET.exec(fields.get('content-type') ?? '')?.[1] ?? 'utf-8';
  try {
    const bytes =
      encoding === 'base64'
        ? fromBase64(body.replace(/\s+/g, ''))
        : fromQuoted(body.replace(/=[ \t]*\n/g, ''));
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return body;
  }
}

/** RFC 3676 §4.3: the signature stands below a line of two hyphens. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const border = lines.findLastIndex((line) => line.trimEnd() === '--');
  return border > 0 && lines.length - border <= MOST_SIGNATURE_LINES
    ? lines.slice(0, border)
    : lines;
}

/** The fields at the start of a text, folded lines joined, and how many lines they take. */
function readFields(lines: readonly string[]): {
  fields: ReadonlyMap<string, string>;
  length: number;
} {
  const fields = new Map<string, string>();
  let last: string | null = null;
  let length = 0;
  for (const line of lines) {
    const match = HEADER_LINE.exec(line);
    if (match?.[1] !== undefined) {
      last = match[1].toLowerCase();
      if (!fields.has(last)) fields.set(last, match[2] ?? '');
    } else if (last !== null && /^[ \t]+\S/.test(line)) {
      fields.set(last, `${fields.get(last)} ${line.trim()}`);
    } else break;
    length++;
  }
  return { fields, length };
}

function articleLines(fields: ReadonlyMap<string, string>): string[] {
  const subject = decodeWords(fields.get('subject') ?? '').replace(
    /^(?:(?:re|fwd?|aw|wg)\s*:\s*)+/i,
    '',
  );
  const sender = decodeWords(fields.get('from') ?? '')
    .replace(/<[^<>]*>/g, '')
    .replace(/["']/g, '')
    .trim();
  const lines: string[] = [];
  if (subject !== '') lines.push(`Subject: ${subject}`);
  const date = fields.get('date');
  if (date !== undefined) lines.push(`Date: ${date}`);
  // A newsroom's mailbox is no author.
  if (/^\p{Lu}[\p{L}'’.-]+(?:\s\p{Lu}[\p{L}'’.-]*){1,3}$/u.test(sender) && !DESK.test(sender))
    lines.push(`Author: ${sender}`);
  return lines;
}

function decodeWords(value: string): string {
  return value.replace(ENCODED_WORD, (whole, charset: string, form: string, data: string) => {
    try {
      const bytes =
        form.toLowerCase() === 'b' ? fromBase64(data) : fromQuoted(data.replaceAll('_', ' '));
      return new TextDecoder(charset).decode(bytes);
    } catch {
      return whole;
    }
  });
}

function fromBase64(data: string): Uint8Array {
  return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
}

function fromQuoted(data: string): Uint8Array {
  const encoded = new TextEncoder().encode(data);
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at++) {
    const hex =
      encoded[at] === EQUALS ? String.fromCharCode(...encoded.subarray(at + 1, at + 3)) : '';
    const isByte = /^[\da-f]{2}$/i.test(hex);
    bytes[length++] = isByte ? Number.parseInt(hex, 16) : (encoded[at] ?? 0);
    if (isByte) at += 2;
  }
  return bytes.subarray(0, length);
}
