/** A block that begins a text, and its end: whoever writes about HTML writes something before it. */
const ESCAPED_BLOCK =
  /^\s*&lt;(p|div|ul|ol|table|h[1-6]|blockquote|figure|section|article)(?=[\s&/])/i;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** HTML that was escaped once too often, as it was meant; any other as it is. */
export function unescapedTwice(html: string): string {
  const block = html.includes('<') ? null : ESCAPED_BLOCK.exec(html)?.[1];
  if (!block || !html.toLowerCase().includes(`&lt;/${block.toLowerCase()}&gt;`)) return html;
  return html.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
