import type { FeedSchedule } from '@broadsheet/feeds';
import type { DuePoll } from '@broadsheet/persistence';
import { z } from 'zod';

const Address = z.url().max(2_000);

/** What a poll leaves for the next one; a row that cannot be read counts as empty. */
const PollMemory = z.object({
  /** Whether the address that is asked is a guess that has not proved to be a feed yet. */
  isSearching: z.boolean().default(false),
  /** Whether the source is a page whose links to articles are followed, for want of a feed. */
  isListing: z.boolean().default(false),
  /** Where news of the source are pushed from. */
  hub: z.object({ url: Address, topic: Address }).nullable().default(null),
  /** Addresses to try after this one. */
  candidates: z.array(Address).max(30).default([]),
  move: z
    .object({ to: Address, count: z.int().nonnegative(), sinceMs: z.number() })
    .nullable()
    .default(null),
  schedule: z
    .object({
      keepForMinutes: z.number().nonnegative().nullable(),
      skipHours: z.array(z.int()).max(24),
      skipDays: z.array(z.int()).max(7),
    })
    .default({ keepForMinutes: null, skipHours: [], skipDays: [] }),
  /** The selector that pages were read with. */
  selector: z.string().nullable().default(null),
  /** When a whole document was last read; null before the first time. */
  wholeAtMs: z.number().nullable().default(null),
  /** When the server last gave news under validators that said there was none. */
  liedAtMs: z.number().nullable().default(null),
  /** How long the answer with the whole document was to be kept; 304 often leaves that out. */
  freshForMs: z.number().nonnegative().default(0),
  /** Of the pages that the whole document named. */
  itemHash: z.string().max(64).nullable().default(null),
});
export type PollMemory = Readonly<Omit<z.infer<typeof PollMemory>, 'schedule'>> & {
  readonly schedule: FeedSchedule;
};

/** What was found by another selector, or by none, says nothing about the pages that this one names. */
export function readPollMemory({
  memory,
  selector,
}: Pick<DuePoll, 'memory' | 'selector'>): PollMemory {
  const stored = PollMemory.safeParse(memory).data;
  return stored?.selector === selector ? stored : { ...PollMemory.parse({}), selector };
}
