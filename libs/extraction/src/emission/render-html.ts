import { MARK, type Block, type Piece } from './block.ts';
import { escapeHtml } from './escape-html.ts';

/**
 * A subset of HTML that is safe inside any page: p, h2–h4, ul/li, ol/li, blockquote, pre, tables,
 * a[href], em, strong, code. Every tag is written here and every text is escaped, so markup of
 * the page never passes through.
 */
export function renderHtml(blocks: readonly Block[]): string {
  const parts: string[] = [];
  for (let index = 0; index < blocks.length;) {
    const first = blocks[index];
    if (first === undefined) break;
    let end = index + 1;
    while (first.group !== null && isSameGroup(first, blocks[end])) end++;
    parts.push(renderGroup(first, blocks.slice(index, end)));
    index = end;
  }
  return parts.join('\n');
}

function isSameGroup(first: Block, other: Block | undefined): boolean {
  return other !== undefined && other.group === first.group && other.kind === first.kind;
}

function renderGroup(first: Block, blocks: readonly Block[]): string {
  const inner = (): string[] => blocks.map((block) => renderPieces(block.cells[0] ?? []));
  switch (first.kind) {
    case 'li': {
      const tag = first.group?.tag === 'ol' ? 'ol' : 'ul';
      return `<${tag}>${inner().map(wrapIn('li')).join('')}</${tag}>`;
    }
    case 'quote':
      return `<blockquote>${inner().map(wrapIn('p')).join('')}</blockquote>`;
    case 'row':
      return `<table><tbody>${blocks.map(renderRow).join('')}</tbody></table>`;
    default:
      return inner().map(wrapIn(first.kind)).join('\n');
  }
}

function renderRow(row: Block): string {
  return `<tr>${row.cells.map(renderPieces).map(wrapIn('td')).join('')}</tr>`;
}

function wrapIn(tag: string): (content: string) => string {
  return (content) => `<${tag}>${content}</${tag}>`;
}

function renderPieces(pieces: readonly Piece[]): string {
  let html = '';
  for (const piece of pieces) html += renderPiece(piece);
  return html;
}

function renderPiece({ text, marks, href }: Piece): string {
  let html = escapeHtml(text);
  if (marks & MARK.code) html = `<code>${html}</code>`;
  if (marks & MARK.strong) html = `<strong>${html}</strong>`;
  if (marks & MARK.emphasis) html = `<em>${html}</em>`;
  return href === null ? html : `<a href="${escapeHtml(href)}">${html}</a>`;
}
