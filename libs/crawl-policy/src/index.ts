export { forbidsArchiving } from './archive-wish.ts';
export { isBotWall } from './bot-wall.ts';
export {
  decideAdmission,
  type ItemRefusal,
  type NewItem,
  type SourceView,
} from './item-admission.ts';
export { decideMove, type MoveDecision, type MoveNotice } from './moved-source.ts';
export {
  decideNextPoll,
  type PollDecision,
  type PollMoment,
  type PollOutcome,
  type PollReason,
  type PollState,
} from './poll-decision.ts';
export { decidePageRetry, type PageFailure, type PageRetry } from './page-retry.ts';
export {
  readFreshness,
  readHostPause,
  readRetryAfter,
  type HintHeaders,
} from './response-hints.ts';
export { decodeRobots, readRobots, type RobotsRules } from './robots-rules.ts';
export {
  decideRobots,
  pauseBetweenRequests,
  robotsVerdict,
  type RobotsRecord,
  type RobotsVerdict,
} from './robots-verdict.ts';
export { decideRecheck } from './recheck.ts';
export type { SkippedTimes } from './skipped-times.ts';
export { isSilent, observeNews, observePushedNews, type SourceRhythm } from './source-rhythm.ts';
export { type AskingDecision, decideAsking, haveLied, type Validators } from './validator-trust.ts';
