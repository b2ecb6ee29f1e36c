export { forbidsArchiving } from './archive-wish.ts';
export {
  decideNextPoll,
  type PollDecision,
  type PollMoment,
  type PollOutcome,
  type PollReason,
  type PollState,
} from './poll-decision.ts';
export { decidePageRetry, type PageFailure, type PageRetry } from './page-retry.ts';
export { readFreshness, readRetryAfter, type HintHeaders } from './response-hints.ts';
export { decodeRobots, readRobots, type RobotsRules } from './robots-rules.ts';
export {
  decideRobots,
  pauseBetweenRequests,
  robotsVerdict,
  type RobotsRecord,
  type RobotsVerdict,
} from './robots-verdict.ts';
