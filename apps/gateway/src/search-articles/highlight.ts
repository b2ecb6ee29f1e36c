import { HIGHLIGHT_END, HIGHLIGHT_START, type SearchHighlight } from '@broadsheet/persistence';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  [HIGHLIGHT_START]: '<mark>',
  [HIGHLIGHT_END]: '</mark>',
};
const ESCAPED = new RegExp(`[&<>"'${HIGHLIGHT_START}${HIGHLIGHT_END}]`, 'g');

/** Safe to put into a page: everything is escaped but the marks around matches. */
export function toMarkedHtml(highlight: SearchHighlight): SearchHighlight {
  return { title: marked(highlight.title), text: marked(highlight.text) };
}

function marked(text: string): string {
  return balanced(text.replaceAll(ESCAPED, (character) => ESCAPES[character] ?? ''));
}

/** An article's own text may hold the mark characters: only well-formed pairs stay. */
function balanced(html: string): string {
  let isOpen = false;
  const kept = html.replaceAll(/<\/?mark>/g, (tag) => {
    const isOpening = tag === '<mark>';
    if (isOpening === isOpen) return '';
    isOpen = isOpening;
    return tag;
  });
  return isOpen ? `${kept}</mark>` : kept;
}
