/** Beyond the 1,024 bytes of the HTML standard: heads that open with long scripts are common. */
const PRESCAN_BYTES = 8_192;

const XML_DECLARATION =
  /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*(?:"([^"]{1,40})"|'([^']{1,40})')/;
const ATTRIBUTE = /[\s/]*([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
const CONTENT_CHARSET = /charset\s*=\s*["']?\s*([^\s"';,]{1,40})/i;

/**
 * The charset label that a document declares about itself, as written: XML declaration, `<meta charset>`
 * or `<meta http-equiv="content-type">`. The document must be ASCII-compatible.
 */
export function declaredCharset(bytes: Uint8Array, kind: 'html' | 'xml' | 'text'): string | null {
  if (kind === 'text') return null;
  const head = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.byteLength, PRESCAN_BYTES),
  ).toString('latin1');
  const inMeta = kind === 'html' ? metaCharset(head) : null;
  if (inMeta !== null) return inMeta;
  const declaration = XML_DECLARATION.exec(head);
  return declaration?.[1] ?? declaration?.[2] ?? null;
}

function metaCharset(head: string): string | null {
  let position = head.indexOf('<');
  while (position >= 0) {
    if (head.startsWith('<!--', position)) {
      const end = head.indexOf('-->', position + 2);
      if (end < 0) return null;
      position = end;
    } else if (/^<meta[\s/]/i.test(head.slice(position, position + 6))) {
      const label = charsetOfMeta(head, position + 5);
      if (label !== null) return label;
    }
    position = head.indexOf('<', position + 1);
  }
  return null;
}

function charsetOfMeta(head: string, start: number): string | null {
  const attributes = readAttributes(head, start);
  const charset = attributes.get('charset');
  if (charset !== undefined && charset.trim() !== '') return charset.trim();
  if (attributes.get('http-equiv')?.trim().toLowerCase() !== 'content-type') return null;
  return CONTENT_CHARSET.exec(attributes.get('content') ?? '')?.[1] ?? null;
}

function readAttributes(head: string, start: number): Map<string, string> {
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = start;
  for (let match = ATTRIBUTE.exec(head); match; match = ATTRIBUTE.exec(head)) {
    const name = (match[1] ?? '').toLowerCase();
    if (!attributes.has(name)) attributes.set(name, match[2] ?? match[3] ?? match[4] ?? '');
  }
  return attributes;
}
