/** What untyped content looks like, and the charset its first bytes give away without a mark. */
export interface Sniffed {
  readonly looks: 'json-object' | 'json-array' | 'markup' | 'text';
  readonly charset: 'utf-16le' | 'utf-16be' | null;
}

const SNIFFED_BYTES = 1_024;

/**
 * Elements that open pages and fragments of pages, and the roots of news formats in XML. A text may
 * well begin with another word in angle brackets.
 */
const MARKUP_NAMES: ReadonlySet<string> = new Set(
  (
    'html head body title meta link base script style noscript template iframe svg ' +
    'header main article section nav aside footer div span p a b i em strong font center br hr ' +
    'h1 h2 h3 h4 h5 h6 ul ol li dl table form img picture figure video blockquote pre ' +
    'rss feed rdf:rdf urlset nitf newsitem newsml amp-img'
  ).split(' '),
);
const OPENING = /^<(?:!doctype|!--|\?xml|([a-z][a-z0-9:-]{0,20})(?=[\s/>]))/i;

export function sniffBytes(bytes: Uint8Array): Sniffed {
  const charset = utf16Of(bytes);
  const hasMark = bytes[0] === 0xff || bytes[0] === 0xfe;
  const head = new TextDecoder(charset ?? 'utf-8').decode(bytes.subarray(0, SNIFFED_BYTES));
  return { looks: sniffText(head).looks, charset: hasMark ? null : charset };
}

export function sniffText(text: string): Sniffed {
  const head = text
    .slice(0, SNIFFED_BYTES)
    .replace(/^\ufeff/, '')
    .trimStart();
  return { looks: looksOf(head), charset: null };
}

function looksOf(head: string): Sniffed['looks'] {
  if (head.startsWith('{')) return 'json-object';
  if (head.startsWith('[')) return 'json-array';
  const opening = OPENING.exec(head);
  if (opening === null) return 'text';
  const name = opening[1]?.toLowerCase();
  return name === undefined || MARKUP_NAMES.has(name) ? 'markup' : 'text';
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Two ASCII characters in a row with a zero byte each; one zero byte alone may be anything.
  const shape = [...bytes.subarray(0, 4)].map(byteClass).join('');
  if (shape === 'a0a0') return 'utf-16le';
  return shape === '0a0a' ? 'utf-16be' : null;
}

function byteClass(byte: number): '0' | 'a' | '-' {
  if (byte === 0) return '0';
  return byte >= 0x09 && byte < 0x7f ? 'a' : '-';
}
