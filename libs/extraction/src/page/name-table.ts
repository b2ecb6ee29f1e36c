/** Finds names of a known set in a text by their place, in any letter case and without a copy. */
export class NameTable<Entry> {
  readonly #entries = new Map<number, { readonly name: string; readonly entry: Entry }>();

  constructor(entries: Iterable<readonly [string, Entry]>) {
    for (const [name, entry] of entries) {
      const hash = hashName(name);
      if (this.#entries.has(hash)) throw new Error(`${name} has the hash of another name`);
      this.#entries.set(hash, { name, entry });
    }
  }

  /** `hash` is that of the name between the two places. */
  find(text: string, from: number, to: number, hash: number): Entry | undefined {
    const found = this.#entries.get(hash);
    if (found === undefined || found.name.length !== to - from) return undefined;
    for (let index = from; index < to; index++)
      if (lowerCase(text.charCodeAt(index)) !== found.name.charCodeAt(index - from))
        return undefined;
    return found.entry;
  }
}

/** The hash of a name grows character by character; letter case does not matter. */
export function mixName(hash: number, code: number): number {
  return (Math.imul(hash, 31) + lowerCase(code)) | 0;
}

export function hashName(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = mixName(hash, name.charCodeAt(index));
  return hash;
}

function lowerCase(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code;
}
