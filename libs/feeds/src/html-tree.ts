import { DomHandler, type Document, Element, type AnyNode, Text } from 'domhandler';
import { Parser } from 'htmlparser2';

/** htmlparser2's time grows with the square of the depth. */
const MAX_DEPTH = 300;
const MAX_HTML_LENGTH = 4 * 1024 * 1024;

/** The tree of a page, as far as it nests no deeper than 300 elements. Never throws. */
export function parseHtml(html: string): Document {
  const handler = new DomHandler(null, { withStartIndices: false, withEndIndices: false });
  let depth = 0;
  const parser = new Parser({
    onparserinit: (own) => handler.onparserinit(own),
    onopentag(name, attributes) {
      depth += 1;
      if (depth > MAX_DEPTH) parser.pause();
      else handler.onopentag(name, attributes);
    },
    onclosetag() {
      depth -= 1;
      if (depth < MAX_DEPTH) handler.onclosetag();
    },
    ontext: (text) => handler.ontext(text),
    onend: () => handler.onend(),
  });
  parser.end(html.slice(0, MAX_HTML_LENGTH));
  return handler.root;
}

export function childElements(node: AnyNode): readonly Element[] {
  return 'children' in node ? node.children.filter((child) => child instanceof Element) : [];
}

const SILENT = new Set(['script', 'style', 'template', 'noscript', 'svg']);

/** The text below a node on one line, at most about `maxLength` characters of it. */
export function textOf(node: AnyNode, maxLength: number): string {
  const pieces: string[] = [];
  let length = 0;
  const walk = (current: AnyNode): void => {
    if (length > maxLength) return;
    if (current instanceof Text) {
      pieces.push(current.data);
      length += current.data.length;
    } else if (!(current instanceof Element && SILENT.has(current.name)) && 'children' in current) {
      for (const child of current.children) walk(child);
      pieces.push(' ');
    }
  };
  walk(node);
  return pieces.join('').split(/\s+/).filter(Boolean).join(' ');
}
