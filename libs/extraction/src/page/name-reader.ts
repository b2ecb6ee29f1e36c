const LETTERS = 26;
const BLANK = 27;
const OTHER = 28;
const UNKNOWN = 29;
const HASH_MASK = 0xffff;
const FRAGMENT_LENGTH = 3;
/** Five bits for each character of a fragment. */
const FRAGMENT_MASK = 0x7fff;
const MOST_PARTS = 3;
const BLANKS = /\s+/u;
const CAMEL_BORDER = /(?<=[a-z])(?=[A-Z])/g;
const NO_LETTERS = /[^\p{L}]+/u;

/** What each UTF-16 unit is in a name: a letter by its place in the alphabet, or one of the kinds above. */
const KINDS = Uint8Array.from({ length: 0x1_0000 }, (_, code) => {
  if (code >= 0x80) return UNKNOWN;
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) return code & 0x1f;
  if (/\s/.test(character)) return BLANK;
  return code < 0x20 ? UNKNOWN : OTHER;
});

/** Words that say something in names, and the bits that they say it with. */
export interface NameWords {
  /** One to three neighbouring parts of a name, written together. */
  readonly parts: ReadonlyMap<string, number>;
  /** Whole names. */
  readonly tokens: ReadonlyMap<string, number>;
  /** Three letters or more anywhere in a name. */
  readonly fragments: readonly string[];
  readonly fragmentSigns: number;
}

interface Part {
  readonly word: string;
  readonly signs: number;
}

/**
 * Reads names in one walk over their characters, nearly always without a copy: only where the hash
 * of a word is met are the letters looked at.
 */
export class NameReader {
  readonly #words: NameWords;
  readonly #parts = new Map<number, Part>();
  readonly #partHashes: Uint8Array;
  readonly #tokenHashes: Uint8Array;
  readonly #fragmentStarts = new Uint8Array(FRAGMENT_MASK + 1);
  readonly #anyFragment: RegExp;

  constructor(words: NameWords) {
    this.#words = words;
    for (const [word, signs] of words.parts) this.#parts.set(hashOf(word), { word, signs });
    if (this.#parts.size < words.parts.size) throw new Error('two words have one hash');
    this.#partHashes = hashesOf(words.parts.keys());
    this.#tokenHashes = hashesOf(words.tokens.keys());
    this.#anyFragment = new RegExp(words.fragments.join('|'), 'i');
    for (const fragment of words.fragments) {
      let start = 0;
      for (let index = 0; index < FRAGMENT_LENGTH; index++)
        start = (start << 5) | kindOf(fragment.charCodeAt(index));
      this.#fragmentStarts[start] = 1;
    }
  }

  /** The bits of all words in a class or id as written, names separated by blanks. */
  read(names: string): number {
    let signs = 0;
    for (let from = 0; from < names.length;) {
      let to = from;
      while (to < names.length && kindOf(names.charCodeAt(to)) !== BLANK) to++;
      signs |= this.#readName(names, from, to);
      from = to + 1;
    }
    return signs;
  }

  #readName(names: string, from: number, to: number): number {
    let [run, longerRun, longestRun] = [0, 0, 0];
    let [token, recent, before] = [0, 0, 0];
    let mayHoldFragment = 0;
    let signs = 0;
    for (let at = from; at < to; at++) {
      const code = names.charCodeAt(at);
      const kind = kindOf(code);
      if (kind === UNKNOWN) return this.#readBeyondAscii(names.slice(from, to));
      recent = ((recent << 5) | kind) & FRAGMENT_MASK;
      mayHoldFragment |= this.#fragmentStarts[recent] ?? 0;
      token = mix(token, kind);
      if (endsPart(before, code, kind)) {
        signs |= this.#signsAt(names, at, run) | this.#signsAt(names, at, longerRun);
        signs |= this.#signsAt(names, at, longestRun);
        longestRun = longerRun;
        longerRun = run;
        run = 0;
      }
      before = code;
      if (kind > LETTERS) continue;
      run = mix(run, kind);
      longerRun = mix(longerRun, kind);
      longestRun = mix(longestRun, kind);
    }
    signs |= this.#signsAt(names, to, run) | this.#signsAt(names, to, longerRun);
    signs |= this.#signsAt(names, to, longestRun);
    if (this.#tokenHashes[token & HASH_MASK] === 1) signs |= this.#signsOfToken(names, from, to);
    return mayHoldFragment === 0 ? signs : signs | this.#signsOfFragments(names.slice(from, to));
  }

  /** Signs of the parts that end at a place and have this hash together. */
  #signsAt(names: string, end: number, hash: number): number {
    if (this.#partHashes[hash & HASH_MASK] === 0) return 0;
    const part = this.#parts.get(hash);
    return part !== undefined && endsWithLetters(names, end, part.word) ? part.signs : 0;
  }

  #signsOfToken(names: string, from: number, to: number): number {
    return this.#words.tokens.get(names.slice(from, to).toLowerCase()) ?? 0;
  }

  #signsOfFragments(name: string): number {
    return this.#anyFragment.test(name) ? this.#words.fragmentSigns : 0;
  }

  #readBeyondAscii(written: string): number {
    let signs = this.#signsOfFragments(written);
    for (const name of written.split(BLANKS)) {
      signs |= this.#words.tokens.get(name.toLowerCase()) ?? 0;
      const parts = name.replace(CAMEL_BORDER, '-').toLowerCase().split(NO_LETTERS);
      for (let start = 0; start < parts.length; start++) {
        let run = '';
        for (const part of parts.slice(start, start + MOST_PARTS)) {
          run += part;
          signs |= this.#words.parts.get(run) ?? 0;
        }
      }
    }
    return signs;
  }
}

/** A part of a name ends before anything but a letter, and before the capital in `camelCase`. */
function endsPart(before: number, code: number, kind: number): boolean {
  if (before === 0 || kindOf(before) > LETTERS) return false;
  return kind > LETTERS || (code < 97 && before >= 97);
}

/** Whether these are the last letters before a place, whatever stands between them. */
function endsWithLetters(names: string, end: number, word: string): boolean {
  let at = end - 1;
  for (let index = word.length - 1; index >= 0; index--) {
    while (at >= 0 && kindOf(names.charCodeAt(at)) > LETTERS) at--;
    if (at < 0 || (names.charCodeAt(at) | 32) !== word.charCodeAt(index)) return false;
    at--;
  }
  return true;
}

function mix(hash: number, kind: number): number {
  // The multiplier is odd and spreads low bits upwards; the shift brings them back into the mask.
  const product = Math.imul(hash ^ kind, 0x01000193);
  return product ^ (product >>> 15);
}

function hashOf(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index++)
    hash = mix(hash, kindOf(word.charCodeAt(index)));
  return hash;
}

function hashesOf(words: Iterable<string>): Uint8Array {
  const hashes = new Uint8Array(HASH_MASK + 1);
  for (const word of words) hashes[hashOf(word) & HASH_MASK] = 1;
  return hashes;
}

function kindOf(code: number): number {
  return KINDS[code] ?? UNKNOWN;
}
