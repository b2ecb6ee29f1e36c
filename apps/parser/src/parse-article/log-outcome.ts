import { traceIdOf, withLogContext } from '@broadsheet/platform';
import { Logger } from '@nestjs/common';
import type { SettledRecord } from './settle-record.ts';

const logger = new Logger('ParseArticle');

/** One line for what is no article; failures are told by the consumer that dead-letters them. */
export function logOutcome(settled: SettledRecord): void {
  if (settled.kind === 'failed') return;
  const { step } = settled;
  const traceId = traceIdOf(settled.traceparent);
  const articleId = step.articleId ?? step.subject;
  withLogContext({ articleId, ...(traceId === null ? {} : { traceId }) }, () => {
    if (settled.kind === 'parsed') logger.debug({ msg: 'parsed', record: step.record });
    else logger.log({ msg: 'rejected', record: step.record, code: step.code, url: step.url });
  });
}
