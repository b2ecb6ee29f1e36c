import type { ExportSearch } from '@broadsheet/persistence';
import { SearchQuery } from '../search-articles/search-query.ts';
import { toArticleSearch } from '../search-articles/to-article-search.ts';
import type { ExportedArticle } from './exported-article.ts';
import type { ExportFormat, ExportQuery } from './export-query.ts';
import { CSV_HEADER, toCsvLine } from './write-csv.ts';

/** What exporting needs of the store: all matches, the oldest arrivals first, in parts of bounded size. */
export interface MatchSource {
  /** Whole lines of JSON in UTF-8, each an ExportedArticle. */
  parts(search: ExportSearch): AsyncGenerator<Buffer, void, undefined>;
}

interface Format {
  readonly header: string;
  readonly write: (lines: Buffer) => Buffer;
}

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  ndjson: { header: '', write: (lines) => lines },
  csv: { header: CSV_HEADER, write: toCsv },
};

function toCsv(lines: Buffer): Buffer {
  const articles = lines.toString().trimEnd().split('\n');
  const written = articles.map((line) => toCsvLine(JSON.parse(line) as ExportedArticle));
  return Buffer.from(written.join(''));
}

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
  parts: AsyncGenerator<Buffer, void, undefined>,
  first: IteratorResult<Buffer, void>,
  { header, write }: Format,
): AsyncGenerator<Buffer> {
  try {
    if (header !== '') yield Buffer.from(header);
    for (let part = first; part.done !== true; part = await parts.next()) yield write(part.value);
  } finally {
    await parts.return();
  }
}
