import { UNKNOWN_TAG, type TagRules } from './tag-rules.ts';

/** How many elements of a name are open: a stray end tag must not cost a walk over the open ones. */
export class OpenTags {
  readonly #known = new Uint32Array(UNKNOWN_TAG);
  readonly #others = new Map<string, number>();

  add(tag: TagRules): void {
    this.#change(tag, 1);
  }

  remove(tag: TagRules): void {
    this.#change(tag, -1);
  }

  has(tag: TagRules): boolean {
    return this.#count(tag) > 0;
  }

  #change(tag: TagRules, by: number): void {
    const count = this.#count(tag) + by;
    if (tag.number === UNKNOWN_TAG) this.#others.set(tag.name, count);
    else this.#known[tag.number] = count;
  }

  #count({ number, name }: TagRules): number {
    return (number === UNKNOWN_TAG ? this.#others.get(name) : this.#known[number]) ?? 0;
  }
}
