// Everything the parser makes of a page: all fields, html, language, word count.
import { normaliseArticle } from '@broadsheet/extraction';

export function extractText({ url, body }) {
  const input = { url, body, mediaType: 'text/html', charset: 'utf-8', hints: {} };
  const { outcome } = normaliseArticle(input);
  return outcome.kind === 'article' ? outcome.article.text : '';
}
