import { describe, expect, it } from 'vitest';
import { GatherStoriesLifecycle, type GatheringReport } from './gather-stories.lifecycle.ts';

const quiet: GatheringReport = { warn: () => undefined };

describe('gathering stories', () => {
  it('goes on while there is something to gather, and ends with the service', async () => {
    const left = [3, 2, 1, 0];
    const { promise: isDone, resolve } = Promise.withResolvers<void>();
    const gather = () => {
      const count = left.shift() ?? 0;
      if (left.length === 0) resolve();
      return Promise.resolve(count);
    };
    const lifecycle = new GatherStoriesLifecycle({ gather }, quiet);
    lifecycle.onApplicationBootstrap();
    await isDone;
    await lifecycle.onModuleDestroy();
    expect(left).toEqual([]);
  });

  it('reports an outage and stays up', async () => {
    const { promise: warned, resolve } = Promise.withResolvers<unknown>();
    const gather = () => Promise.reject(new Error('database away'));
    const lifecycle = new GatherStoriesLifecycle(
      { gather },
      {
        warn: ({ err }) => {
          resolve(err);
        },
      },
    );
    lifecycle.onApplicationBootstrap();
    expect(await warned).toMatchObject({ message: 'database away' });
    await lifecycle.onModuleDestroy();
  });
});
