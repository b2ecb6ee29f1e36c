import { addressId } from '@broadsheet/article';
import { ArticleFields, type RawArticle } from '@broadsheet/contracts';
import { ExportedArticle } from '../export-articles/exported-article.ts';

/** What an import needs of an exported line; more may be there, less may not. */
const ImportedArticle = ArticleFields.extend(
  ExportedArticle.pick({ url: true, source: true, text: true }).shape,
).extend({
  id: ExportedArticle.shape.id.optional(),
  fetchedAt: ExportedArticle.shape.fetchedAt.optional(),
});
type ImportedArticle = ReturnType<typeof ImportedArticle.parse>;

/**
 * An exported line as it is pushed; anything else stays as it is, and is refused, or taken for a RawArticle,
 * where every push is.
 */
export function toRawArticle(line: Buffer): Buffer {
  const article = ImportedArticle.safeParse(parsed(line));
  return article.success ? Buffer.from(JSON.stringify(rawOf(article.data))) : line;
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return null;
  }
}

function rawOf({ id, url, source, text, fetchedAt, ...fields }: ImportedArticle): RawArticle {
  const { canonicalUrl } = fields;
  // An article may have its id from the first address it was seen under: then it keeps that.
  const isOwn = canonicalUrl === null || id === undefined || addressId(canonicalUrl) === id;
  return {
    ...(url === null ? {} : { url }),
    contentType: 'text/plain',
    content: text,
    ...(fetchedAt === undefined ? {} : { fetchedAt }),
    ...(source === null ? {} : { source }),
    fields: isOwn ? fields : { ...fields, canonicalUrl: null },
  };
}
