import { BrokerUnavailable, type KafkaLogAdmin } from '@broadsheet/messaging';
import type { Pool } from '@broadsheet/persistence';

const REACH_TIMEOUT_MS = 5_000;

/** Resolves when everything that handlers write to answers; rejects while something is away. */
export function probeSinks(admin: KafkaLogAdmin, pool: Pool | null): () => Promise<void> {
  return async () => {
    if (!(await admin.isReachable(REACH_TIMEOUT_MS))) {
      throw new BrokerUnavailable(`no broker answers within ${REACH_TIMEOUT_MS} ms`);
    }
    await pool?.query('SELECT 1');
  };
}
