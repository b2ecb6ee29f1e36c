import { detectLanguage } from '@broadsheet/text';
import type { FieldSource } from '../extracted-article.ts';

/** What a page or its sender says about the language. */
export interface DeclaredLanguage {
  readonly tag: string;
  readonly from: FieldSource;
}

/** Where a value came from: out of what was sent, or from the text itself. */
export interface Provenance {
  from: FieldSource | 'detected';
  rivals: { from: FieldSource | 'detected'; value: string }[];
}

export interface LanguageChoice {
  /** The language alone (BCP 47: `en`, never `en-US`), so that a filter by language finds all. */
  readonly language: string | null;
  readonly provenance: Provenance | null;
}

/** Detected wins over declared: templates declare the language of the site, not of the article. */
export function chooseLanguage(text: string, declared: DeclaredLanguage | null): LanguageChoice {
  const detected = detectLanguage(text);
  if (detected !== null) {
    const rivals = declared ? [{ from: declared.from, value: declared.tag.slice(0, 500) }] : [];
    return { language: detected, provenance: { from: 'detected', rivals } };
  }
  const language = declared && languageOf(declared.tag);
  if (!declared || language === null) return { language: null, provenance: null };
  return { language, provenance: { from: declared.from, rivals: [] } };
}

function languageOf(tag: string): string | null {
  try {
    return new Intl.Locale(tag.trim().replaceAll('_', '-')).language;
  } catch {
    return null;
  }
}
