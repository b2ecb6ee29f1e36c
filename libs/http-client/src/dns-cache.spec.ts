import { describe, expect, it } from 'vitest';
import { rememberingResolver } from './dns-cache.ts';

function resolverOf(...answers: readonly (readonly string[] | Error)[]) {
  const asked: string[] = [];
  const resolve = (host: string) => {
    const answer = answers[asked.length] ?? [];
    asked.push(host);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { asked, resolve };
}

describe('a resolver with a memory', () => {
  it('asks once for a name until the answer is too old', async () => {
    const { asked, resolve } = resolverOf(['192.0.2.1'], ['192.0.2.2']);
    let nowMs = 0;
    const remembering = rememberingResolver(resolve, 1_000, () => nowMs);
    expect(await remembering('a.example')).toEqual(['192.0.2.1']);
    nowMs = 999;
    expect(await remembering('a.example')).toEqual(['192.0.2.1']);
    nowMs = 1_000;
    expect(await remembering('a.example')).toEqual(['192.0.2.2']);
    expect(asked).toHaveLength(2);
  });

  it('asks once for connections that begin together', async () => {
    const { asked, resolve } = resolverOf(['192.0.2.1']);
    const remembering = rememberingResolver(resolve, 1_000, () => 0);
    await Promise.all([remembering('a.example'), remembering('a.example')]);
    expect(asked).toEqual(['a.example']);
  });

  it('keeps no failure', async () => {
    const { resolve } = resolverOf(new Error('SERVFAIL'), ['192.0.2.1']);
    const remembering = rememberingResolver(resolve, 1_000, () => 0);
    await expect(remembering('a.example')).rejects.toThrow('SERVFAIL');
    expect(await remembering('a.example')).toEqual(['192.0.2.1']);
  });

  it('forgets the oldest of very many names', async () => {
    const { asked, resolve } = resolverOf();
    const remembering = rememberingResolver(resolve, 1_000, () => 0);
    for (let i = 0; i <= 10_000; i += 1) await remembering(`${i}.example`);
    await remembering('10000.example');
    await remembering('0.example');
    expect(asked.slice(10_000)).toEqual(['10000.example', '0.example']);
  });
});
