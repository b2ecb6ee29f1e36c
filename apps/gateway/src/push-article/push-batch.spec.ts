import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PushedBody } from './prepare-push.ts';
import type { PushOutcome } from './push-article.handler.ts';
import { pushBatch } from './push-batch.ts';
import { readLines } from './read-lines.ts';

async function* chunksOf(body: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  let turn = 0;
  while (at < body.length) {
    const size = sizes[turn++ % sizes.length] ?? 1;
    await nextTurn();
    yield body.subarray(at, at + size);
    at += size;
  }
}

function accepted(push: PushedBody): PushOutcome {
  const id = String(push.body);
  return { kind: 'accepted', id, url: null, trail: `/t/${id}` };
}

async function collect(results: AsyncIterable<string>): Promise<Record<string, unknown>[]> {
  let text = '';
  for await (const part of results) text += part;
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('readLines', () => {
  it('gives the same lines however the body is cut into chunks', async () => {
    const line = fc.string({ maxLength: 40 }).map((text) => text.replaceAll('\n', ' '));
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), sizes, async (lines, cuts) => {
        const body = Buffer.from(lines.join('\n'));
        const read: string[] = [];
        for await (const group of readLines(chunksOf(body, cuts), 1_000)) {
          for (const one of group) read.push(one.kind === 'line' ? String(one.bytes) : one.kind);
        }
        expect(read).toEqual(lines.filter((text) => /[^ \t\r]/.test(text)));
      }),
      { numRuns: 60 },
    );
  });

  it('drops a line that is too long and goes on with the next', async () => {
    const body = Buffer.from(`short\n${'x'.repeat(500)}\nlast`);
    const kinds: unknown[] = [];
    for await (const group of readLines(chunksOf(body, [7]), 100)) {
      kinds.push(...group.map(({ kind, number }) => [number, kind]));
    }
    expect(kinds).toEqual([
      [1, 'line'],
      [2, 'overlong'],
      [3, 'line'],
    ]);
  });
});

describe('pushBatch', () => {
  it('answers each line in order, though later groups are done first', async () => {
    const body = Buffer.from(Array.from({ length: 40 }, (_, index) => `${index}\n`).join(''));
    let left = 9;
    const results = pushBatch(chunksOf(body, [13]), 100, async (pushes) => {
      for (let turn = left--; turn > 0; turn -= 1) await nextTurn();
      return pushes.map(accepted);
    });
    const lines = await collect(results);
    expect(lines.map((result) => [result['line'], result['id']])).toEqual(
      Array.from({ length: 40 }, (_, index) => [index + 1, String(index)]),
    );
  });

  it('does not let bad lines stop good ones', async () => {
    const body = Buffer.from(`good\nbad\n${'x'.repeat(200)}\n\ngood\n`);
    const results = pushBatch(chunksOf(body, [64]), 100, (pushes) =>
      Promise.resolve(
        pushes.map((push): PushOutcome =>
          String(push.body) === 'bad'
            ? { kind: 'refused', code: 'JSON_INVALID', detail: 'no JSON' }
            : accepted(push),
        ),
      ),
    );
    expect(await collect(results)).toEqual([
      { line: 1, status: 'accepted', id: 'good', url: null, trail: '/t/good' },
      { line: 2, status: 'rejected', code: 'JSON_INVALID', detail: 'no JSON' },
      { line: 3, status: 'rejected', code: 'TOO_LARGE', detail: 'the line is too long' },
      { line: 5, status: 'accepted', id: 'good', url: null, trail: '/t/good' },
    ]);
  });

  it('answers a line at once, without waiting for the next', async () => {
    let sendSecond = (): void => undefined;
    const second = new Promise<void>((resolve) => (sendSecond = resolve));
    async function* slowly(): AsyncGenerator<Buffer> {
      yield Buffer.from('one\n');
      await second;
      yield Buffer.from('two\n');
    }
    const results = pushBatch(slowly(), 100, (pushes) => Promise.resolve(pushes.map(accepted)));
    expect(JSON.parse((await results.next()).value ?? '')).toMatchObject({ line: 1, id: 'one' });
    sendSecond();
    expect(JSON.parse((await results.next()).value ?? '')).toMatchObject({ line: 2, id: 'two' });
  });

  it('reads no further while too much is with the broker', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        read += 1;
        await nextTurn();
        yield Buffer.from('line\n');
      }
    }
    const stuck = pushBatch(endless(), 100, () => new Promise(() => undefined));
    void stuck.next();
    for (let turn = 0; turn < 200; turn += 1) await nextTurn();
    expect(read).toBeLessThanOrEqual(10);
  });

  it('says where a body broke off, after the lines before it', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('one\ntw');
      await nextTurn();
      throw new Error('aborted');
    }
    const results = pushBatch(broken(), 100, (pushes) => Promise.resolve(pushes.map(accepted)));
    expect(await collect(results)).toEqual([
      expect.objectContaining({ line: 1, status: 'accepted' }),
      expect.objectContaining({ line: 2, status: 'rejected', code: 'BODY_INCOMPLETE' }),
    ]);
  });
});
