import {
  type AskingDecision,
  decideAsking,
  observeNews,
  type PollState,
} from '@broadsheet/crawl-policy';
import type { DuePoll, NewsRhythm } from '@broadsheet/persistence';
import type { PollMemory } from './poll-memory.ts';

const MIN_GAPS = 3;

/** Null while too few gaps were seen to call one usual. */
function usualGap({ rhythm }: DuePoll): number | null {
  return rhythm.itemGaps < MIN_GAPS ? null : rhythm.itemGapMs;
}

function isPushed({ pushedUntil }: DuePoll, nowMs: number): boolean {
  return pushedUntil !== null && pushedUntil.getTime() > nowMs;
}

/** What the decision about the next poll needs to know of those before. */
export function pollStateOf(poll: DuePoll, nowMs: number): PollState {
  const { intervalMs, consecutiveFailures } = poll;
  const usualGapMs = usualGap(poll);
  return { intervalMs, consecutiveFailures, usualGapMs, isPushed: isPushed(poll, nowMs) };
}

/** Whether the source is asked with its validators, by what became of them before. */
export function askingOf(poll: DuePoll, memory: PollMemory, nowMs: number): AskingDecision {
  const { wholeAtMs, liedAtMs } = memory;
  const lastItemAtMs = poll.rhythm.lastItemAt?.getTime() ?? null;
  return decideAsking({ wholeAtMs, liedAtMs, lastItemAtMs, usualGapMs: usualGap(poll) }, nowMs);
}

export function rhythmAfter({ rhythm }: DuePoll, newItems: number, nowMs: number): NewsRhythm {
  if (newItems === 0) return rhythm;
  const { lastItemAt, itemGapMs, itemGaps } = rhythm;
  const lastItemAtMs = lastItemAt?.getTime() ?? null;
  const after = observeNews({ lastItemAtMs, gapMs: itemGapMs, gapsSeen: itemGaps }, nowMs);
  return { lastItemAt: new Date(nowMs), itemGapMs: after.gapMs, itemGaps: after.gapsSeen };
}
