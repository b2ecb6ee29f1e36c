/** A template that fills a thousand articles leads to the newest of them alone. */
const MAX_PER_BAND = 16;
const MAX_PER_SUBJECT = 32;

/**
 * The originals that share a band with a subject, those that share most first. Subjects are counted from 0. OFFSET 0
 * keeps the planner, which thinks of thousands, from reading all signatures for the few that are found.
 */
export const FIND_CANDIDATES = `
WITH led AS (
  SELECT probe.subject, band.number, count(*) AS bands
  FROM unnest($1::integer[], $2::integer[]) AS probe(subject, hash)
  CROSS JOIN LATERAL (
    SELECT number FROM article_band WHERE hash = probe.hash ORDER BY number DESC LIMIT ${MAX_PER_BAND}
  ) AS band
  GROUP BY probe.subject, band.number
), ranked AS (
  SELECT subject, number, row_number() OVER (PARTITION BY subject ORDER BY bands DESC, number) AS place FROM led
)
SELECT ranked.subject, signature.article_id, signature.sketch
FROM ranked CROSS JOIN LATERAL (
  SELECT article_id, sketch FROM article_signature WHERE number = ranked.number OFFSET 0
) AS signature
WHERE place <= ${MAX_PER_SUBJECT}`;

/** What is committed at this moment. */
export const TAKE_SNAPSHOT = `SELECT pg_current_snapshot()::text AS snapshot`;

/**
 * Originals that others have written since a snapshot. Rows of a restored dump may name transactions yet to come.
 * Run under the lock of all writers, so nothing is left to the planner: without statistics it would join by reading
 * every article.
 */
export const READ_NEW_SIGNATURES = `
WITH written AS MATERIALIZED (
  SELECT article_id, sketch, bands FROM article_signature
  WHERE written_by >= pg_snapshot_xmin($1::pg_snapshot)::text::bigint
    AND written_by < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    AND written_by <> pg_current_xact_id()::text::bigint
    AND NOT pg_visible_in_snapshot(written_by::text::xid8, $1::pg_snapshot)
)
SELECT article_id, sketch, bands FROM written
WHERE (SELECT copy_of IS NULL AND duplicate_of IS NULL FROM article WHERE article.id = written.article_id)`;

/** Longer than what texts are compared by, see MAX_WORDS in libs/article. */
const MAX_COMPARED_CHARACTERS = 200_000;

const COMPARED = `id, title, left("text", ${MAX_COMPARED_CHARACTERS}) AS text, content_hash, first_seen_at`;

export const READ_ORIGINALS = `
SELECT ${COMPARED} FROM article
WHERE id = ANY ($1::uuid[]) AND copy_of IS NULL AND duplicate_of IS NULL`;

export const READ_COPIES = `
SELECT ${COMPARED}, copy_of, revision FROM article
WHERE copy_of = ANY ($1::uuid[]) AND duplicate_of IS NULL`;

/** Which of the articles may still be pointed to. */
export const KEEP_ORIGINALS = `
SELECT id FROM article WHERE id = ANY ($1::uuid[]) AND copy_of IS NULL AND duplicate_of IS NULL`;

export const WRITE_SIGNATURES = `
INSERT INTO article_signature (article_id, sketch, bands, written_by)
SELECT article_id, sketch, bands::integer[], pg_current_xact_id()::text::bigint
FROM unnest($1::uuid[], $2::bytea[], $3::text[]) AS incoming(article_id, sketch, bands)
ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE
SET sketch = excluded.sketch, bands = excluded.bands, written_by = excluded.written_by`;

/** Run before a signature changes or goes. */
export const TAKE_OUT_BANDS = `
DELETE FROM article_band
USING (
  SELECT number, unnest(bands) AS hash FROM article_signature WHERE article_id = ANY ($1::uuid[])
) AS old
WHERE article_band.hash = old.hash AND article_band.number = old.number`;

/** An article whose text is the same word over and over may have one band twice. */
export const PUT_IN_BANDS = `
INSERT INTO article_band (hash, number)
SELECT DISTINCT unnest(bands) AS hash, number FROM article_signature WHERE article_id = ANY ($1::uuid[])
ON CONFLICT DO NOTHING`;

export const FORGET_SIGNATURES =
  'DELETE FROM article_signature WHERE article_id = ANY ($1::uuid[])';

export const POINT_TO_ORIGINALS = `
UPDATE article SET copy_of = incoming.copy_of
FROM unnest($1::uuid[], $2::uuid[]) AS incoming(id, copy_of)
WHERE article.id = incoming.id`;
