import { Parser } from 'htmlparser2';
import { mayHoldReferences, resolveAddress, type BaseAddress } from './base-address.ts';

const MAX_DEPTH = 200;
const REFERENCES = new Set(['href', 'src', 'poster', 'cite', 'longdesc']);

function attributeText(name: string, rawValue: string, base: string): string {
  const value = REFERENCES.has(name) ? decodeThenResolve(rawValue, base) : rawValue;
  return ` ${name}="${value.replaceAll('"', '&quot;')}"`;
}

/** Attribute values come raw; the one entity that addresses are full of is the ampersand. */
function decodeThenResolve(rawValue: string, base: string): string {
  return resolveAddress(rawValue.replaceAll('&amp;', '&'), base).replaceAll('&', '&amp;');
}

/** HTML with every href and src made absolute; as it stands where no base is known or it nests too deeply. */
export function resolveHtml(html: string, base: BaseAddress): string {
  if (base === null || !mayHoldReferences(html)) return html;
  const pieces: string[] = [];
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > MAX_DEPTH) parser.pause();
        const written = Object.entries(attributes).map(([key, raw]) =>
          attributeText(key, raw, base),
        );
        pieces.push(`<${name}${written.join('')}>`);
      },
      onclosetag(name, isImplied) {
        depth -= 1;
        if (!isImplied) pieces.push(`</${name}>`);
      },
      ontext(text) {
        pieces.push(text);
      },
    },
    { decodeEntities: false },
  );
  parser.end(html);
  return depth > MAX_DEPTH ? html : pieces.join('');
}
