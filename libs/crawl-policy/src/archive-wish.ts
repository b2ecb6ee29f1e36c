import type { HintHeaders } from './response-hints.ts';

/** Names stand before the closing tag of the head, which comes early. */
const MAX_HEAD_LENGTH = 64 * 1024;
const MAX_TAG_LENGTH = 1_000;
const FORBIDDING = new Set(['noarchive', 'none']);
const ROBOTS_NAME = /\bname\s*=\s*(?:["']\s*)?(?:robots|broadsheet)\b/i;
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

function tagForbids(tag: string): boolean {
  if (!ROBOTS_NAME.test(tag)) return false;
  const content = CONTENT.exec(tag);
  return forbids(content?.[1] ?? content?.[2] ?? content?.[3] ?? '');
}

function metaForbids(html: string): boolean {
  const pieces = html
    .slice(0, MAX_HEAD_LENGTH)
    .split(/<meta\s/i)
    .slice(1);
  return pieces.some((piece) => {
    const end = piece.indexOf('>');
    // A blank stands for the one that was split at: the name must be a word of its own.
    return tagForbids(
      ` ${piece.slice(0, end === -1 ? MAX_TAG_LENGTH : Math.min(end, MAX_TAG_LENGTH))}`,
    );
  });
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
