import { describe, expect, it, vi } from 'vitest';
import { IngestGate } from './ingest-gate.ts';

function gateWith(probe: () => Promise<number | null>) {
  const clock = { nowMs: 0 };
  const sampling = vi.fn(probe);
  return { gate: new IngestGate(sampling, 60, () => clock.nowMs), clock, sampling };
}

/** Lets a sample that is under way arrive. */
async function sampled(gate: IngestGate): Promise<void> {
  gate.refusal();
  await new Promise((resolve) => setImmediate(resolve));
}

describe('IngestGate', () => {
  it('is open before anything is known, and never waits for a sample', () => {
    const { gate } = gateWith(() => new Promise(() => undefined));
    expect(gate.refusal()).toBeNull();
  });

  it('closes above the limit, with the time to come back, and opens at it', async () => {
    let lagSeconds = 61;
    const { gate, clock } = gateWith(() => Promise.resolve(lagSeconds));
    await sampled(gate);
    expect(gate.refusal()).toMatchObject({ status: 503, code: 'INGEST_LAGGING' });
    expect(gate.refusal()?.headers['retry-after']).toBe('31');
    lagSeconds = 60;
    clock.nowMs += 5_000;
    await sampled(gate);
    expect(gate.refusal()).toBeNull();
  });

  it('samples once in five seconds, however many pushes ask', async () => {
    const { gate, clock, sampling } = gateWith(() => Promise.resolve(0));
    await sampled(gate);
    for (let push = 0; push < 100; push += 1) gate.refusal();
    expect(sampling).toHaveBeenCalledTimes(1);
    clock.nowMs += 5_000;
    gate.refusal();
    expect(sampling).toHaveBeenCalledTimes(2);
  });

  it('forgets a sample that is too old to mean anything', async () => {
    const { gate, clock } = gateWith(() => Promise.resolve(300));
    await sampled(gate);
    clock.nowMs += 60_001;
    expect(gate.refusal()).toBeNull();
  });

  it('stays open while the lag cannot be measured', async () => {
    const { gate } = gateWith(() => Promise.reject(new Error('no broker')));
    await sampled(gate);
    expect(gate.refusal()).toBeNull();
  });
});
