import { combine } from './hash-mixing.ts';
import { NAME, NUMBER, WORD, type WordList } from './read-words.ts';

/** How often each value stands there. */
type SlotValues = ReadonlyMap<number, number>;

/** Numbers, or names, by what stands around them: from a hash over that to the values there. */
type Slots = ReadonlyMap<number, SlotValues>;

export interface TextFacts {
  readonly numbers: Slots;
  readonly names: Slots;
}

/** Facts of two texts that stand among the same words. */
export interface FactAgreement {
  readonly same: number;
  /** Another value in the place of one. */
  readonly replaced: number;
}

interface Item {
  readonly kind: number;
  /** Of a name of several words, over all of these. */
  value: number;
}

/** Stands for whatever number, or name, there is. */
const MASKS = [0, 0x1b87_3593, 0x52dc_e729];

export function listFacts(words: WordList): TextFacts {
  const items = itemsOf(words);
  const masked = items.map(({ kind, value }) => (kind === WORD ? value : (MASKS[kind] ?? 0)));
  const numbers = new Map<number, Map<number, number>>();
  const names = new Map<number, Map<number, number>>();
  items.forEach(({ kind, value }, place) => {
    if (kind === WORD) return;
    let slot = kind;
    for (const near of [place - 2, place - 1, place + 1]) slot = combine(slot, masked[near] ?? 0);
    addTo(kind === NUMBER ? numbers : names, slot, value);
  });
  return { numbers, names };
}

function addTo(slots: Map<number, Map<number, number>>, slot: number, value: number): void {
  const values = slots.get(slot);
  if (values) values.set(value, (values.get(value) ?? 0) + 1);
  else slots.set(slot, new Map([[value, 1]]));
}

function itemsOf({ hashes, kinds }: WordList): Item[] {
  const items: Item[] = [];
  for (let n = 0; n < hashes.length; n += 1) {
    const kind = kinds[n] ?? WORD;
    const value = hashes[n] ?? 0;
    const last = items.at(-1);
    if (kind === NAME && last?.kind === NAME) last.value = combine(last.value, value);
    else items.push({ kind, value });
  }
  return items;
}

/**
 * What was cut out of one of the texts, or stands among other words in it, is neither: an edited copy loses
 * facts, but a template that was filled in again puts others in their places.
 */
export function factAgreement(a: Slots, b: Slots): FactAgreement {
  let same = 0;
  let replaced = 0;
  for (const [slot, values] of a) {
    const others = b.get(slot);
    if (!others) continue;
    let found = 0;
    for (const [value, count] of values) found += Math.min(count, others.get(value) ?? 0);
    same += found;
    replaced += Math.min(countOf(values), countOf(others)) - found;
  }
  return { same, replaced };
}

function countOf(values: SlotValues): number {
  let total = 0;
  for (const count of values.values()) total += count;
  return total;
}
