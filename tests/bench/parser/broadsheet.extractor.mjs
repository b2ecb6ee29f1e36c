// Everything the parser makes of a page: all fields, html, language, word count.
import { normaliseArticle } from '@broadsheet/extraction';

const FETCHED_AT = new Date().toISOString();

export function extractText({ url, body }) {
  const input = { url, body, mediaType: 'text/html', charset: 'utf-8', hints: {} };
  const { outcome } = normaliseArticle(input, FETCHED_AT);
  return outcome.kind === 'article' ? outcome.article.text : '';
}
