import { describe, expect, it } from 'vitest';
import { BackgroundLoop } from './background-loop.ts';

describe('a background loop', () => {
  it('goes on until the service stops', async () => {
    let rounds = 0;
    const { promise: hasRun, resolve } = Promise.withResolvers<void>();
    const run = () => {
      rounds += 1;
      if (rounds === 3) resolve();
      return Promise.resolve(rounds < 3 ? 0 : 60_000);
    };
    const loop = new BackgroundLoop(
      { run, waiting: 'work waits', afterTroubleMs: 60_000 },
      { warn: () => undefined },
    );
    loop.onApplicationBootstrap();
    await hasRun;
    await loop.onModuleDestroy();
    expect(rounds).toBe(3);
  });

  it('reports what fails, and goes on', async () => {
    const warnings: unknown[] = [];
    const { promise: hasRecovered, resolve } = Promise.withResolvers<void>();
    const run = () => {
      if (warnings.length === 0) return Promise.reject(new Error('database away'));
      resolve();
      return Promise.resolve(60_000);
    };
    const loop = new BackgroundLoop(
      { run, waiting: 'work waits', afterTroubleMs: 1 },
      { warn: (line) => warnings.push(line) },
    );
    loop.onApplicationBootstrap();
    await hasRecovered;
    await loop.onModuleDestroy();
    expect(warnings).toMatchObject([{ msg: 'work waits', err: { message: 'database away' } }]);
  });

  it('does not report what the stop interrupts', async () => {
    const warnings: unknown[] = [];
    const run = (signal: AbortSignal) =>
      new Promise<number>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    const loop = new BackgroundLoop(
      { run, waiting: 'work waits', afterTroubleMs: 60_000 },
      { warn: (line) => warnings.push(line) },
    );
    loop.onApplicationBootstrap();
    await loop.onModuleDestroy();
    expect(warnings).toEqual([]);
  });
});
