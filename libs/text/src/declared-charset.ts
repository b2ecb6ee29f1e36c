/** Beyond the 1,024 bytes of the HTML standard: heads that open with long scripts are common. */
const PRESCAN_BYTES = 8_192;

const XML_DECLARATION =
  /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*(?:"([^"]{1,40})"|'([^']{1,40})')/;
const ATTRIBUTE = /[\s/]*([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
const CONTENT_CHARSET = /charset\s*=\s*(?:["']\s*)?([^\s"';,]{1,40})/i;

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
    let end = position + 1;
    if (head.startsWith('<!--', position)) {
      end = head.indexOf('-->', position + 2);
      if (end < 0) return null;
    } else if (/^<meta[\s/]/i.test(head.slice(position, position + 6))) {
      const tag = readAttributes(head, position + 5);
      const label = charsetOfMeta(tag.attributes);
      if (label !== null) return label;
      end = tag.end;
    }
    position = head.indexOf('<', end);
  }
  return null;
}

function charsetOfMeta(attributes: ReadonlyMap<string, string>): string | null {
  const charset = attributes.get('charset')?.trim() ?? '';
  if (charset !== '') return charset;
  if (attributes.get('http-equiv')?.trim().toLowerCase() !== 'content-type') return null;
  return CONTENT_CHARSET.exec(attributes.get('content') ?? '')?.[1] ?? null;
}

interface TagAttributes {
  readonly attributes: ReadonlyMap<string, string>;
  readonly end: number;
}

/** As in the standard, the first of several equal names counts. */
function readAttributes(head: string, start: number): TagAttributes {
  const attributes = new Map<string, string>();
  let end = start;
  ATTRIBUTE.lastIndex = start;
  for (let match = ATTRIBUTE.exec(head); match; match = ATTRIBUTE.exec(head)) {
    const name = (match[1] ?? '').toLowerCase();
    if (!attributes.has(name)) attributes.set(name, match[2] ?? match[3] ?? match[4] ?? '');
    end = ATTRIBUTE.lastIndex;
  }
  return { attributes, end };
}
