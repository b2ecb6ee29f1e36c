import slugs from './data/wire-slugs.json' with { type: 'json' };

const VERSIONS: ReadonlySet<string> = new Set(slugs.versions);
const KINDS: ReadonlySet<string> = new Set(slugs.kinds);
const LONGEST_SLUG = 40;
/** `UPDATE 2-`, `RPT-`, `UPDATE1: `: capitals, a count, and a border that joins it to the headline. */
const IN_FRONT = /^([A-Z][A-Z+]*(?: [A-Z]+)?) ?(\d{0,2})(-|: )(?=[^\s\d])/u;
/** `(LEAD) `, `(2nd LD) `. */
const IN_BRACKETS = /^\(([\w ]{2,20}?) ?(\d{0,2})\)\s+(?=\S)/u;
const MOST_SLUGS = 3;

/**
 * A headline without what wires write in front to tell its version and kind: `UPDATE 2-Ferry sinks`.
 * Words that stand apart are the headline's own: `Exclusive: Ferry sinks`.
 */
export function withoutSlugs(headline: string): string {
  let rest = headline;
  for (let round = 0; round < MOST_SLUGS; round++) {
    const length = lengthOfSlug(rest);
    if (length === 0) break;
    rest = rest.slice(length);
  }
  // What is left has to be a headline.
  return rest.includes(' ') && /\p{L}{2}/u.test(rest) ? rest : headline;
}

function lengthOfSlug(headline: string): number {
  const head = headline.slice(0, LONGEST_SLUG);
  const inFront = IN_FRONT.exec(head);
  if (inFront !== null) return isSlug(inFront) ? inFront[0].length : 0;
  const inBrackets = IN_BRACKETS.exec(head);
  return inBrackets !== null && isBracketedSlug(inBrackets[1] ?? '') ? inBrackets[0].length : 0;
}

/** A colon is how people write it too: only the count shows the machine. */
function isSlug([, words = '', count, border]: readonly string[]): boolean {
  const word = words.toLowerCase();
  const isJoined = border === '-';
  if (VERSIONS.has(word)) return isJoined || count !== '';
  return KINDS.has(word) && isJoined;
}

function isBracketedSlug(words: string): boolean {
  return VERSIONS.has(words.toLowerCase()) && /[A-Z]{2}/.test(words);
}
