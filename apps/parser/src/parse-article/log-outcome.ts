import { traceIdOf, withLogContext } from '@broadsheet/platform';
import { Logger } from '@nestjs/common';
import type { ParseOutcome } from './parse-outcome.ts';

const logger = new Logger('ParseArticle');

/** One line for what is no article; failures are told by the consumer that dead-letters them. */
export function logOutcome(outcome: ParseOutcome): void {
  if (outcome.kind === 'failed') return;
  const { step } = outcome;
  const traceId = traceIdOf(outcome.traceparent);
  const articleId = step.articleId ?? step.subject;
  withLogContext({ articleId, ...(traceId === null ? {} : { traceId }) }, () => {
    if (outcome.kind === 'parsed') logger.debug({ msg: 'parsed', record: step.record });
    else logger.log({ msg: 'rejected', record: step.record, code: step.code, url: step.url });
  });
}
