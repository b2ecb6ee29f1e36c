import { expect, it } from 'vitest';
import { lastWords } from './last-words.ts';

it.each([
  ['', ''],
  ['started\nThe port 80 is taken.\n\n', 'The port 80 is taken.'],
  [
    "file:///a.js:1\nimport 'b'\n^\n\nError [X]: no package b\n    at c\n\nNode.js v24.21.0\n",
    'Error [X]: no package b',
  ],
])('finds in %j the reason %j', (output, reason) => {
  expect(lastWords(output)).toBe(reason);
});

it('repeats no more than a line can hold', () => {
  expect(lastWords('x'.repeat(10_000))).toHaveLength(300);
});
