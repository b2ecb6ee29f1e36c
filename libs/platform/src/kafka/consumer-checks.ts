import { consumerLiveness, type ConsumerProgress, type ConsumerState } from '@broadsheet/messaging';
import type { CheckOutcome, HealthChecks } from '../health/health-checks.ts';

export interface ProgressSource {
  progress(): ConsumerProgress;
}

const NOT_READY: Partial<Record<ConsumerState, string>> = {
  starting: 'has not joined yet',
  crashed: 'has crashed',
  stopped: 'is stopped',
};

/** Live means progress; ready means a member of the group. A pause for an outage is neither's end. */
export function addConsumerChecks(checks: HealthChecks, source: ProgressSource): void {
  const name = `consumer ${source.progress().groupId}`;
  checks.addLiveness({ name, run: () => liveness(source.progress(), Date.now()) });
  checks.addReadiness({ name, run: () => readiness(source.progress()) });
}

function liveness(progress: ConsumerProgress, nowMs: number): CheckOutcome {
  const outcome = consumerLiveness(progress, nowMs);
  return outcome.isAlive ? { ok: true } : { ok: false, reason: outcome.reason };
}

function readiness({ state, groupId }: ConsumerProgress): CheckOutcome {
  const reason = NOT_READY[state];
  return reason === undefined ? { ok: true } : { ok: false, reason: `group ${groupId} ${reason}` };
}
