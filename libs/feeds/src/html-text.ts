import { Parser } from 'htmlparser2';

const MAX_DEPTH = 200;
const SILENT = new Set(['script', 'style', 'template', 'noscript']);
const BREAKS = new Set([
  'p',
  'br',
  'div',
  'li',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
]);
const MARKUP = /[<&]/;
/** Of use to nobody, and written as numbers where they cannot be written as they are. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** HTML to one line of text: tags dropped, entities decoded, white space folded. */
export function htmlToText(html: string): string {
  if (!MARKUP.test(html)) return foldSpace(html);
  const pieces: string[] = [];
  let depth = 0;
  let silence = 0;
  const parser = new Parser(
    {
      onopentagname(name) {
        depth += 1;
        // The parser searches its stack for every closing tag: its time grows with the square of the depth.
        if (depth > MAX_DEPTH) parser.pause();
        if (SILENT.has(name)) silence += 1;
        if (BREAKS.has(name)) pieces.push(' ');
      },
      onclosetag(name) {
        depth -= 1;
        if (SILENT.has(name)) silence -= 1;
        if (BREAKS.has(name)) pieces.push(' ');
      },
      ontext(text) {
        if (silence === 0) pieces.push(text);
      },
    },
    { recognizeCDATA: true },
  );
  parser.end(html);
  return foldSpace(pieces.join(''));
}

/** On one line, without control characters. */
export function foldSpace(text: string): string {
  return text.replace(CONTROL, '').split(/\s+/).filter(Boolean).join(' ');
}
