import type { FailedChunk } from './failure-policy.ts';

const OUTAGE_CODES: ReadonlySet<string> = new Set(['SINK_UNAVAILABLE', 'BROKER_UNAVAILABLE']);

/**
 * What a handler's error says about trying again. An error of kafkajs out of a handler is its own
 * producer failing, hence an outage.
 */
export function classifyFailure(error: Error): FailedChunk['failure'] {
  const { code, retry } = error as { code?: unknown; retry?: unknown };
  if (typeof code === 'string' && OUTAGE_CODES.has(code)) return 'outage';
  if (error.name.startsWith('KafkaJS')) return 'outage';
  return retry === 'never' ? 'never' : 'error';
}

/** The code under which a record is dead-lettered that its handler failed on as a whole. */
export function deadLetterCodeOf(error: Error): string {
  const { code, retry } = error as { code?: unknown; retry?: unknown };
  return retry === 'never' && typeof code === 'string' ? code : 'HANDLER_FAILED';
}
