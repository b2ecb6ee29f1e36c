// The extractor that most projects use, over the fastest DOM that it runs on.
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BR DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION TABLE TD TH TR UL'.split(
    ' ',
  ),
);

export function extractText({ body }) {
  const { document } = parseHTML(body.toString());
  return new Readability(document, { serializer: blocksAsLines }).parse()?.content ?? '';
}

function blocksAsLines(root) {
  const parts = [];
  const walk = (parent) => {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node.nodeType === 3) parts.push(node.nodeValue);
      else if (node.nodeType === 1) {
        const border = BLOCKS.has(node.tagName) ? '\n' : '';
        parts.push(border);
        walk(node);
        parts.push(border);
      }
    }
  };
  walk(root);
  return parts.join('').trim();
}
