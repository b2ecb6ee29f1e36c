import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './choose-language.ts';

const ENGLISH =
  'The ferry came back to the old harbour on Monday and the whole town was there to greet it.';

describe('chooseLanguage', () => {
  it('takes what is detected over what is declared, which stays as a rival', () => {
    expect(chooseLanguage(ENGLISH, { tag: 'de-AT', from: 'meta' })).toEqual({
      language: 'en',
      provenance: { from: 'detected', rivals: [{ from: 'meta', value: 'de-AT' }] },
    });
  });

  it.each([
    ['de-AT', 'de'],
    ['pt_BR', 'pt'],
    [' EN ', 'en'],
  ])(
    'falls back on the language of the declared tag %j where the text is too short',
    (tag, language) => {
      expect(chooseLanguage('Ferry 2026', { tag, from: 'hints' })).toEqual({
        language,
        provenance: { from: 'hints', rivals: [] },
      });
    },
  );

  it('knows none where nothing tells, and invents none from a tag that is none', () => {
    const unknown = { language: null, provenance: null };
    expect(chooseLanguage('Ferry 2026', null)).toEqual(unknown);
    expect(chooseLanguage('Ferry 2026', { tag: 'english please', from: 'hints' })).toEqual(unknown);
  });
});
