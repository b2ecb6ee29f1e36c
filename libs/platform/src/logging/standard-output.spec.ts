import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const MODULE = new URL('./standard-output.ts', import.meta.url).href;

const CHILD = `
  const { standardOutput } = await import(${JSON.stringify(MODULE)});
  const output = standardOutput();
  output.write('first\\n');
  process.stdin.once('end', () => {
    for (let line = 0; line < 1000; line += 1) output.write('nobody reads this\\n');
    setTimeout(() => process.exit(7), 20);
  });
  process.stdin.resume();
`;

describe('standard output', () => {
  it('lets a process end in its own way after whoever read it has gone', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', CHILD], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    expect(first.toString()).toBe('first\n');
    child.stdout.destroy();
    child.stderr.destroy();
    child.stdin.end();
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    expect(exitCode).toBe(7);
  });
});
