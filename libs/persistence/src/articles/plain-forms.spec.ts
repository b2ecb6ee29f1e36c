import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainForms } from './plain-forms.ts';

it.each([
  ['A café in Málaga, the Café.', 'cafe malaga'],
  ['Straße, Łódź, Ærø', 'strasse lodz aero'],
  ['Под ёлкой и йод', 'елкой'],
  ['Plain words alone: 3.5 %', ''],
  ['東京の港、الميناء', ''],
])('leaves the marks of %j away', (text, expected) => {
  expect(plainForms(text)).toBe(expected);
});

it('takes any text and stays shorter than it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'aéßæ ёйœ\u0301한-\n'), maxLength: 100 }),
      (text) => {
        expect(plainForms(text).length).toBeLessThanOrEqual(text.length * 3);
      },
    ),
  );
  const words = Array.from({ length: 5_000 }, (_, n) => `é${n.toString(26).replace(/\d/g, 'x')}y`);
  expect(plainForms(words.join(' ')).split(' ').length).toBeLessThanOrEqual(1_000);
});
