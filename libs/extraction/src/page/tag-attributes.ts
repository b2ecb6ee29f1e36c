/** The wanted attributes of one start tag, as written: valid until the next tag is read. */
export class TagAttributes {
  readonly #names: string[] = [];
  readonly #values: string[] = [];
  #count = 0;

  clear(): void {
    this.#count = 0;
  }

  /** Of two attributes of one name the first counts. */
  add(name: string, value: string): void {
    if (this.get(name) !== undefined) return;
    this.#names[this.#count] = name;
    this.#values[this.#count] = value;
    this.#count++;
  }

  get(name: string): string | undefined {
    for (let index = 0; index < this.#count; index++)
      if (this.#names[index] === name) return this.#values[index];
    return undefined;
  }

  /** Names and values in turn, to be kept; without those that the reader has dealt with. */
  toPairs(without: ReadonlySet<string>): readonly string[] {
    let pairs: string[] | null = null;
    for (let index = 0; index < this.#count; index++) {
      const name = this.#names[index] ?? '';
      if (without.has(name)) continue;
      pairs ??= [];
      pairs.push(name, this.#values[index] ?? '');
    }
    return pairs ?? NO_PAIRS;
  }
}

export const NO_PAIRS: readonly string[] = [];
