import type { HintHeaders } from './response-hints.ts';

/** Names stand before the closing tag of the head, which comes early. */
const MAX_HEAD_LENGTH = 64 * 1024;
const MAX_TAG_LENGTH = 1_000;
const FORBIDDING = new Set(['noarchive', 'none']);
const ROBOTS_NAME = /\bname\s*=\s*["']?\s*(?:robots|broadsheet)\b/i;
const CONTENT = /\bcontent\s*=\s*(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'>]{1,200}))/i;

function forbids(directives: string): boolean {
  return directives
    .toLowerCase()
    .split(/[\s,;]+/)
    .some((directive) => FORBIDDING.has(directive));
}

/** `X-Robots-Tag: otherbot: none` speaks to another crawler. */
function headerForbids(value: string): boolean {
  return value.split(',').reduce<{ isForUs: boolean; found: boolean }>(
    (state, part) => {
      const named = /^\s*([\w-]{1,60})\s*:(.*)$/.exec(part);
      const isAgent = named !== null && named[1]?.toLowerCase() !== 'unavailable_after';
      const isForUs = isAgent ? named[1]?.toLowerCase() === 'broadsheet' : state.isForUs;
      const directive = isAgent ? (named[2] ?? '') : part;
      return { isForUs, found: state.found || (isForUs && forbids(directive)) };
    },
    { isForUs: true, found: false },
  ).found;
}

function metaForbids(html: string): boolean {
  const head = html.slice(0, MAX_HEAD_LENGTH);
  let at = head.search(/<meta\s/i);
  while (at !== -1) {
    const end = head.indexOf('>', at);
    const tag = head.slice(
      at,
      end === -1 ? at + MAX_TAG_LENGTH : Math.min(end, at + MAX_TAG_LENGTH),
    );
    const content = CONTENT.exec(tag);
    const directives = content?.[1] ?? content?.[2] ?? content?.[3] ?? '';
    if (ROBOTS_NAME.test(tag) && forbids(directives)) return true;
    const next = head.slice(at + 5).search(/<meta\s/i);
    at = next === -1 ? -1 : at + 5 + next;
  }
  return false;
}

/**
 * Whether a publisher forbids keeping a copy of the page: `noarchive` or `none` in X-Robots-Tag or in a meta
 * element for robots. `html` may be read in any ASCII-compatible charset.
 */
export function forbidsArchiving(headers: HintHeaders, html: string): boolean {
  return (
    headerForbids((headers['x-robots-tag'] ?? '').slice(0, MAX_TAG_LENGTH)) || metaForbids(html)
  );
}
