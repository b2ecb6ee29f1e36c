import type { Extraction, ExtractionHints } from './extraction.ts';

export function extractPlainText(text: string, hints: ExtractionHints): Extraction {
  return { kind: 'rejected', code: 'TOO_SHORT', detail: `${text.length} ${hints.title}` };
}
