import type { ExportSearch, StoredArticle } from '@broadsheet/persistence';
import { SearchQuery } from '../search-articles/search-query.ts';
import { toArticleSearch } from '../search-articles/to-article-search.ts';
import { toExportedArticle } from './exported-article.ts';
import type { ExportFormat, ExportQuery } from './export-query.ts';
import { CSV_HEADER, toCsvLine } from './write-csv.ts';

/** What exporting needs of the store: all matches, the newest arrivals first, in parts of bounded size. */
export interface MatchSource {
  parts(search: ExportSearch): AsyncGenerator<readonly StoredArticle[], void, undefined>;
}

type Part = IteratorResult<readonly StoredArticle[], void>;

const FORMATS: Readonly<
  Record<ExportFormat, { header: string; line: (article: StoredArticle) => string }>
> = {
  ndjson: { header: '', line: (article) => `${JSON.stringify(toExportedArticle(article))}\n` },
  csv: { header: CSV_HEADER, line: (article) => toCsvLine(toExportedArticle(article)) },
};

export class ExportArticlesHandler {
  constructor(private readonly source: MatchSource) {}

  /**
   * Chunks of whole lines. Resolves when the first part is read: until then, failing is still an answer.
   * @throws {Problem} for a search that cannot be understood.
   */
  async handle({ format, ...filters }: ExportQuery): Promise<AsyncGenerator<Buffer>> {
    const { search } = toArticleSearch({ ...SearchQuery.parse({}), ...filters });
    const parts = this.source.parts(search);
    return chunks(parts, await parts.next(), FORMATS[format]);
  }
}

async function* chunks(
  parts: AsyncGenerator<readonly StoredArticle[], void, undefined>,
  first: Part,
  { header, line }: (typeof FORMATS)[ExportFormat],
): AsyncGenerator<Buffer> {
  try {
    if (header !== '') yield Buffer.from(header);
    for (let part = first; part.done !== true;) {
      // Read while this part is written; whether that failed is of interest once it is its turn.
      const following = parts.next();
      following.catch(() => undefined);
      yield Buffer.from(part.value.map(line).join(''));
      part = await following;
    }
  } finally {
    await parts.return();
  }
}
