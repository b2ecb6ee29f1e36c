import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorsOfCredit, withoutSignOff } from './sign-off.ts';

const LAST = 'Traders asked for a delay until after the fair.';

describe('withoutSignOff', () => {
  it.each([' PTI AB CD', ' PTI ABC', ' --IANS', ' (ANI)', ' (ANSA).', ' Enditem', ' AFP'])(
    'takes%s off the last paragraph',
    (signature) => {
      expect(withoutSignOff(`${LAST}${signature}`)).toBe(LAST);
    },
  );

  it.each([
    `${LAST} (see page 4)`,
    'The council then wrote to AFP',
    'It was the first ferry since the UN AB resolution.',
    'PTI AB CD',
    '(ANI)',
  ])('keeps "%s"', (paragraph) => {
    expect(withoutSignOff(paragraph)).toBe(paragraph);
  });

  it('only ever shortens a paragraph, and never to nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (paragraph) => {
        const rest = withoutSignOff(paragraph);
        expect(paragraph.startsWith(rest)).toBe(true);
        expect(rest === '' && paragraph !== '').toBe(false);
      }),
    );
  });
});

describe('authorsOfCredit', () => {
  it.each([
    ['(Reporting by Ann Lee in Marlow; Editing by Bo Dahl)', ['Ann Lee']],
    ['(Reporting by Ann Lee, Bo Dahl and Cy Eck)', ['Ann Lee', 'Bo Dahl', 'Cy Eck']],
    ['(Additional reporting by Bo Dahl; Writing by Ann Lee)', ['Bo Dahl']],
    ['(Editing by Bo Dahl)', []],
    ['Reporting by night is hard, the mayor said.', []],
  ])('reads the reporters of %s', (line, authors) => {
    expect(authorsOfCredit(line)).toEqual(authors);
  });
});
