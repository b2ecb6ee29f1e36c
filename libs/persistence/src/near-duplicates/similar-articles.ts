import { estimateSimilarity } from '@broadsheet/article';
import type { Query } from '../database/session.ts';
import { FIND_CANDIDATES } from './signature-statements.ts';

const MAX_SIMILAR = 100;
/** Much below it an estimate is chance. */
const MIN_SIMILARITY = 0.2;

/** Another article with much the same text. */
export interface SimilarArticle {
  readonly id: string;
  readonly url: string | null;
  readonly site: string | null;
  readonly title: string;
  readonly publishedAt: string | null;
  readonly firstSeenAt: string;
  readonly duplicateOf: string | null;
  /** Share of the runs of three words that both have, from 0 to 1: an estimate from signatures. */
  readonly similarity: number;
}

interface SignedRow {
  readonly id: string;
  readonly original: string;
  readonly sketch: Uint8Array;
  readonly bands: readonly number[];
}

interface SimilarRow {
  readonly id: string;
  readonly url: string | null;
  readonly site: string | null;
  readonly title: string;
  readonly published_at: Date | null;
  readonly first_seen_at: Date;
  readonly copy_of: string | null;
  readonly sketch: Uint8Array;
}

const READ_SIGNED = `
SELECT article.id, coalesce(article.copy_of, article.id) AS original, sketch, bands
FROM article JOIN article_signature ON article_signature.article_id = article.id
WHERE article.id = coalesce((SELECT article_id FROM article_alias WHERE address_id = $1::uuid), $1::uuid)`;

/** Originals by their ids, and whatever is a copy of one of them, the earliest of many. */
const READ_GROUPS = `
SELECT article.id, url, site, title, published_at, first_seen_at, copy_of, sketch
FROM (
  SELECT id FROM article WHERE id = ANY ($1::uuid[])
  UNION ALL
  (SELECT id FROM article WHERE copy_of = ANY ($1::uuid[]) ORDER BY first_seen_at, id LIMIT 400)
) AS of_groups
JOIN article USING (id)
JOIN article_signature ON article_signature.article_id = article.id
WHERE article.duplicate_of IS NULL`;

/** Most similar first; those whose numbers or names make them no copies are among them. */
export async function findSimilar(query: Query, id: string): Promise<readonly SimilarArticle[]> {
  const [signed] = await query<SignedRow>(READ_SIGNED, [id]);
  if (!signed) return [];
  const { bands } = signed;
  const led = await query<{ article_id: string }>(FIND_CANDIDATES, [bands.map(() => 0), bands]);
  const originals = new Set([signed.original, ...led.map((row) => row.article_id)]);
  const rows = await query<SimilarRow>(READ_GROUPS, [[...originals]]);
  return rows
    .filter((row) => row.id !== signed.id)
    .map((row) => similarOf(row, estimateSimilarity(signed.sketch, row.sketch)))
    .filter(({ similarity }) => similarity >= MIN_SIMILARITY)
    .sort((a, b) => b.similarity - a.similarity || (a.firstSeenAt < b.firstSeenAt ? -1 : 1))
    .slice(0, MAX_SIMILAR);
}

function similarOf(row: SimilarRow, similarity: number): SimilarArticle {
  return {
    id: row.id,
    url: row.url,
    site: row.site,
    title: row.title,
    publishedAt: row.published_at?.toISOString() ?? null,
    firstSeenAt: row.first_seen_at.toISOString(),
    duplicateOf: row.copy_of,
    similarity: Math.round(similarity * 100) / 100,
  };
}
