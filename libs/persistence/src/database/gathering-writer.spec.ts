import { describe, expect, it } from 'vitest';
import { GatheringWriter } from './gathering-writer.ts';

/** Writes wait until they are let go. */
function heldWrites(faultOf: (item: number) => Error | null = () => null) {
  const batches: (readonly number[])[] = [];
  let release = Promise.withResolvers<void>();
  const writer = new GatheringWriter<number>(async (items) => {
    batches.push(items);
    await release.promise;
    return items.map(faultOf);
  });
  const letGo = () => {
    release.resolve();
    release = Promise.withResolvers<void>();
  };
  return { batches, writer, letGo };
}

describe('a gathering writer', () => {
  it('writes together what comes while a write is under way, in order', async () => {
    const { batches, writer, letGo } = heldWrites();
    const first = writer.add(1);
    await Promise.resolve();
    const others = [writer.add(2), writer.add(3)];
    expect(batches).toEqual([[1]]);
    letGo();
    await first;
    await Promise.resolve();
    letGo();
    await Promise.all(others);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('tells each item its own fate', async () => {
    const refused = new Error('refused');
    const { writer, letGo } = heldWrites((item) => (item === 2 ? refused : null));
    const fates = Promise.allSettled([writer.add(1), writer.add(2), writer.add(3)]);
    await Promise.resolve();
    letGo();
    expect((await fates).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('fails everything that an outage took, and goes on with the next', async () => {
    const outage = new Error('gone');
    let isAway = true;
    const writer = new GatheringWriter<number>((items) =>
      isAway ? Promise.reject(outage) : Promise.resolve(items.map(() => null)),
    );
    const lost = await Promise.allSettled([writer.add(1), writer.add(2)]);
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isAway = false;
    await expect(writer.add(3)).resolves.toBeUndefined();
  });

  it('writes at most two hundred at once', async () => {
    const { batches, writer, letGo } = heldWrites();
    const all = Array.from({ length: 450 }, (_, item) => writer.add(item));
    for (let round = 0; round < 3; round += 1) {
      await Promise.resolve();
      letGo();
      await all[Math.min(449, round * 200 + 199)];
    }
    await Promise.all(all);
    expect(batches.map(({ length }) => length)).toEqual([200, 200, 50]);
  });
});
