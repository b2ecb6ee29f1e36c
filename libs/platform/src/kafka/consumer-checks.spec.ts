import type { ConsumerProgress } from '@broadsheet/messaging';
import { describe, expect, it } from 'vitest';
import { HealthChecks } from '../health/health-checks.ts';
import { addConsumerChecks } from './consumer-checks.ts';

const HOUR_MS = 3_600_000;

async function healthOf(parts: Partial<ConsumerProgress>) {
  const progress: ConsumerProgress = {
    groupId: 'parser',
    state: 'running',
    lastProgressAtMs: Date.now(),
    pausedSinceMs: null,
    lagRecords: 0,
    lagSeconds: 0,
    partitions: [],
    ...parts,
  };
  const checks = new HealthChecks();
  addConsumerChecks(checks, { progress: () => progress });
  return { live: (await checks.live()).status, ready: (await checks.ready()).status };
}

describe('the health of a consumer', () => {
  it('is good while it runs', async () => {
    expect(await healthOf({})).toEqual({ live: 'ok', ready: 'ok' });
  });

  it.each(['starting', 'stopped'] as const)('is alive but not ready while %s', async (state) => {
    expect(await healthOf({ state })).toEqual({ live: 'ok', ready: 'unavailable' });
  });

  it('is lost after a crash', async () => {
    expect(await healthOf({ state: 'crashed' })).toEqual({
      live: 'unavailable',
      ready: 'unavailable',
    });
  });

  it('is lost when there is work and no progress', async () => {
    const lastProgressAtMs = Date.now() - HOUR_MS;
    expect((await healthOf({ lagRecords: 5, lastProgressAtMs })).live).toBe('unavailable');
    expect((await healthOf({ lagRecords: 0, lastProgressAtMs })).live).toBe('ok');
  });

  it('is not lost during a long pause: an outage needs no restart', async () => {
    const since = Date.now() - HOUR_MS;
    const paused = { state: 'paused', lagRecords: 5, pausedSinceMs: since } as const;
    expect(await healthOf({ ...paused, lastProgressAtMs: since })).toEqual({
      live: 'ok',
      ready: 'ok',
    });
  });
});
