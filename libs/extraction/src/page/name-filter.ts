const LETTERS = 26;
const BLANK = 27;
const OTHER = 28;
const UNKNOWN = 29;
const HASH_MASK = 0xffff;
const FRAGMENT_LENGTH = 3;
/** Five bits for each character of a fragment. */
const FRAGMENT_MASK = 0x7fff;

/** What each UTF-16 unit is in a name: a letter by its place in the alphabet, or one of the kinds above. */
const KINDS = Uint8Array.from({ length: 0x1_0000 }, (_, code) => {
  if (code >= 0x80) return UNKNOWN;
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) return code & 0x1f;
  if (/\s/.test(character)) return BLANK;
  return code < 0x20 ? UNKNOWN : OTHER;
});

/** What may make a name worth reading. */
export interface NameWords {
  /** One to three neighbouring parts of a name, written together. */
  readonly parts: Iterable<string>;
  /** Whole names. */
  readonly tokens: Iterable<string>;
  /** Letters anywhere in a name; the first three decide. */
  readonly fragments: Iterable<string>;
}

/** What names may hold, as bits. */
export const MAY_HOLD = { word: 1, fragment: 2 } as const;
const ANYTHING = MAY_HOLD.word | MAY_HOLD.fragment;

/**
 * A quick and certain no for names that hold none of the words: their hashes are compared in one walk
 * over the characters, without a copy. A yes may be wrong, and names beyond ASCII may hold anything.
 */
export class NameFilter {
  readonly #parts: Uint8Array;
  readonly #tokens: Uint8Array;
  readonly #fragments = new Uint8Array(FRAGMENT_MASK + 1);

  constructor({ parts, tokens, fragments }: NameWords) {
    this.#parts = hashesOf(parts);
    this.#tokens = hashesOf(tokens);
    for (const fragment of fragments) {
      let packed = 0;
      for (let index = 0; index < FRAGMENT_LENGTH; index++)
        packed = (packed << 5) | kindAt(fragment, index);
      this.#fragments[packed] = MAY_HOLD.fragment;
    }
  }

  /** Judges a class or id as written, names separated by blanks: bits of MAY_HOLD. */
  judge(names: string): number {
    let run = 0;
    let longerRun = 0;
    let longestRun = 0;
    let token = 0;
    let recent = 0;
    let before = 0;
    let fragment = 0;
    for (let index = 0; index < names.length; index++) {
      const code = names.charCodeAt(index);
      const kind = kindOf(code);
      if (kind === UNKNOWN) return ANYTHING;
      recent = ((recent << 5) | kind) & FRAGMENT_MASK;
      fragment |= this.#fragments[recent] ?? 0;
      if (endsPart(before, code, kind)) {
        if (this.#holdsRun(run, longerRun, longestRun)) return ANYTHING;
        longestRun = longerRun;
        longerRun = run;
        run = 0;
      }
      before = code;
      if (kind === BLANK) {
        if (this.#tokens[token & HASH_MASK] === 1) return ANYTHING;
        run = longerRun = longestRun = token = 0;
        continue;
      }
      token = mix(token, kind);
      if (kind > LETTERS) continue;
      run = mix(run, kind);
      longerRun = mix(longerRun, kind);
      longestRun = mix(longestRun, kind);
    }
    const isWord =
      this.#holdsRun(run, longerRun, longestRun) || this.#tokens[token & HASH_MASK] === 1;
    return isWord ? ANYTHING : fragment;
  }

  #holdsRun(run: number, longerRun: number, longestRun: number): boolean {
    const parts = this.#parts;
    return (
      parts[run & HASH_MASK] === 1 ||
      parts[longerRun & HASH_MASK] === 1 ||
      parts[longestRun & HASH_MASK] === 1
    );
  }
}

/** A part of a name ends before anything but a letter, and before the capital in `camelCase`. */
function endsPart(before: number, code: number, kind: number): boolean {
  if (before === 0 || kindOf(before) > LETTERS) return false;
  return kind > LETTERS || (code < 97 && before >= 97);
}

function mix(hash: number, kind: number): number {
  // The multiplier is odd and spreads low bits upwards; the shift brings them back into the mask.
  const product = Math.imul(hash ^ kind, 0x01000193);
  return product ^ (product >>> 15);
}

function hashesOf(words: Iterable<string>): Uint8Array {
  const hashes = new Uint8Array(HASH_MASK + 1);
  for (const word of words) {
    let hash = 0;
    for (let index = 0; index < word.length; index++) hash = mix(hash, kindAt(word, index));
    hashes[hash & HASH_MASK] = 1;
  }
  return hashes;
}

function kindAt(text: string, index: number): number {
  return kindOf(text.charCodeAt(index));
}

function kindOf(code: number): number {
  return KINDS[code] ?? UNKNOWN;
}
