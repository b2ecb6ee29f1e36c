/** Well-formed XML; only made by `element` and `xmlDocument`, which escape whatever they are given. */
export interface Xml {
  readonly markup: string;
}

/** What no XML 1.0 document may hold, not even escaped: control characters, surrogates, U+FFFE, U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser would make blanks and line feeds of them.
  '\r': '&#13;',
};

/** Children that are null are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Xml | string | null)[]
): Xml {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  const content = children
    .map((child) => (typeof child === 'string' ? escaped(child) : (child?.markup ?? '')))
    .join('');
  return {
    markup: content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`,
  };
}

export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.markup}\n`;
}

function escaped(text: string): string {
  return text
    .replaceAll(FORBIDDEN, '')
    .replaceAll(/[&<>"\r]/g, (character) => ESCAPES[character] ?? '');
}
