import { type AskingDecision, decideAsking, type PollState } from '@broadsheet/crawl-policy';
import type { DuePoll, NewsRhythm } from '@broadsheet/persistence';
import { rhythmAfterPoll } from '../work-turns/news-rhythm.ts';
import { readPollMemory } from './poll-memory.ts';

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
export function askingOf(poll: DuePoll, nowMs: number): AskingDecision {
  const { wholeAtMs, liedAtMs } = readPollMemory(poll);
  const hasValidators = poll.etag !== null || poll.lastModified !== null;
  const lastItemAtMs = poll.rhythm.lastItemAt?.getTime() ?? null;
  const usualGapMs = usualGap(poll);
  const history = { hasValidators, wholeAtMs, liedAtMs, lastItemAtMs, usualGapMs };
  return decideAsking(history, nowMs);
}

export function rhythmAfter({ rhythm }: DuePoll, newItems: number, nowMs: number): NewsRhythm {
  return newItems === 0 ? rhythm : rhythmAfterPoll(rhythm, nowMs);
}
