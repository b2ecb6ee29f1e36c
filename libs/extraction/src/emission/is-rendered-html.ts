const TAG =
  /<(?:\/(?<end>p|h[2-4]|ul|ol|li|blockquote|pre|table|tbody|tr|td|em|strong|code|a)|(?<begin>p|h[2-4]|ul|ol|li|blockquote|pre|table|tbody|tr|td|em|strong|code)|(?<link>a) href="https?:\/\/[^"<>]*")>/y;
const MAX_DEPTH = 100;

/** Whether HTML is of the subset that `renderHtml` writes, each tag closed in its place. */
export function isRenderedHtml(html: string): boolean {
  const open: string[] = [];
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', TAG.lastIndex)) {
    TAG.lastIndex = at;
    const { end, begin, link } = TAG.exec(html)?.groups ?? {};
    if (end !== undefined) {
      if (open.pop() !== end) return false;
      continue;
    }
    const opened = begin ?? link;
    if (opened === undefined || open.push(opened) > MAX_DEPTH) return false;
  }
  return open.length === 0;
}
