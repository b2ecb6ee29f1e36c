import { setTimeout as delay } from 'node:timers/promises';
import { WriteConflict } from '../persistence.errors.ts';

const MAX_ATTEMPTS = 6;
const BACKOFF_MS = 20;

/** Runs a transaction again that another one got in the way of; after the last attempt its error stands. */
export async function withConflictRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WriteConflict) || attempts === MAX_ATTEMPTS) throw error;
      await delay(BACKOFF_MS * attempts);
    }
  }
}
