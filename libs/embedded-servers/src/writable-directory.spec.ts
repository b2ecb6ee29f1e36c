import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireWritableDirectory } from './writable-directory.ts';

let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'broadsheet-writable-'));
});

afterEach(() => rmSync(scratch, { recursive: true, force: true }));

it('makes every missing folder on the way', () => {
  const directory = join(scratch, 'one', 'two');
  requireWritableDirectory(directory);
  requireWritableDirectory(directory);
  expect(existsSync(directory)).toBe(true);
});

it.each(['/proc/broadsheet/home', '/dev/null/home'])(
  'says that %s cannot be written',
  (directory) => {
    expect(() => requireWritableDirectory(directory)).toThrow(
      expect.objectContaining({
        code: 'DIRECTORY_NOT_WRITABLE',
        message: expect.stringContaining(directory),
      }),
    );
  },
);

it('says that a folder cannot be made where a file is', () => {
  const file = join(scratch, 'file');
  writeFileSync(file, '');
  expect(() => requireWritableDirectory(join(file, 'home'))).toThrow(
    /cannot be written \(ENOTDIR\)/,
  );
});
