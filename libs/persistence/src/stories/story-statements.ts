/** An event is written about within three days. */
export const WINDOW_HOURS = 72;
/** Of each term the newest articles; how close they are tells how frequent it is. */
export const MAX_PER_TERM = 32;

export const TRY_LOCK = 'SELECT pg_try_advisory_xact_lock($1) AS is_mine';

export const READ_PROGRESS = 'SELECT position FROM story_progress WHERE id = 1';

export const WRITE_PROGRESS = 'UPDATE story_progress SET position = $1::bigint WHERE id = 1';

export const READ_CHANGES = `
SELECT position, article_id, kind FROM article_change WHERE position > $1::bigint ORDER BY position LIMIT $2`;

export const READ_NEWEST_POSITION = 'SELECT max(position) AS position FROM article_change';

/** Characters of a text that hold its opening, see storyTerms in libs/article. */
const OPENING = 4_000;

export const READ_NEWCOMERS = `
SELECT article.id, article.title, left(article."text", ${OPENING}) AS text, article.language, article.sort_at,
  article.copy_of, original.story_id AS story_of_original
FROM unnest($1::uuid[]) WITH ORDINALITY AS changed(id, place)
JOIN article USING (id)
LEFT JOIN story_member AS original ON original.article_id = article.copy_of
WHERE article.duplicate_of IS NULL
  AND NOT EXISTS (SELECT 1 FROM story_member WHERE story_member.article_id = article.id)
ORDER BY place`;

/** For each term of each newcomer the articles of the days around it; as JSON, for arrays are read slowly. */
export const FIND_RELATED = `
SELECT probe.newcomer, probe.term, related.numbers, related.hours
FROM unnest($1::integer[], $2::integer[], $3::integer[]) AS probe(newcomer, term, hour)
CROSS JOIN LATERAL (
  SELECT json_agg(number) AS numbers, max(hour) - min(hour) AS hours
  FROM (
    SELECT number, hour FROM story_term
    WHERE term = probe.term AND hour BETWEEN probe.hour - ${WINDOW_HOURS} AND probe.hour + ${WINDOW_HOURS}
    ORDER BY hour DESC, number DESC LIMIT ${MAX_PER_TERM}
  ) AS newest
) AS related
WHERE numbers IS NOT NULL`;

export const READ_MEMBERS = `
SELECT number, story_id, terms FROM story_member WHERE number = ANY ($1::integer[])`;

export const WRITE_MEMBERS = `
WITH written AS (
  INSERT INTO story_member (article_id, story_id, at, terms)
  SELECT article_id, story_id, at, terms::integer[]
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[])
    WITH ORDINALITY AS incoming(article_id, story_id, at, terms, place)
  ORDER BY place
  RETURNING number, at, terms
)
INSERT INTO story_term (term, hour, number)
SELECT term, floor(extract(epoch FROM at) / 3600), number
FROM written CROSS JOIN LATERAL unnest(terms || 0) AS term
WHERE cardinality(terms) > 0`;

export const MOVE_MEMBERS = `
UPDATE story_member SET story_id = merge.into_id
FROM unnest($1::uuid[], $2::uuid[]) AS merge(story_id, into_id)
WHERE story_member.story_id = merge.story_id`;

export const MOVE_ALIASES = `
UPDATE story_alias SET story_id = merge.into_id
FROM unnest($1::uuid[], $2::uuid[]) AS merge(story_id, into_id)
WHERE story_alias.story_id = merge.story_id`;

export const ADD_ALIASES = `
INSERT INTO story_alias (alias_id, story_id)
SELECT story_id, into_id FROM unnest($1::uuid[], $2::uuid[]) AS merge(story_id, into_id)
ON CONFLICT (alias_id) DO UPDATE SET story_id = excluded.story_id`;

export const TAKE_OUT_TERMS = `
DELETE FROM story_term
USING (
  SELECT number, floor(extract(epoch FROM at) / 3600)::integer AS hour, unnest(terms || 0) AS term
  FROM story_member WHERE article_id = ANY ($1::uuid[])
) AS old
WHERE story_term.term = old.term AND story_term.hour = old.hour AND story_term.number = old.number`;

export const TAKE_OUT_MEMBERS = `
DELETE FROM story_member WHERE article_id = ANY ($1::uuid[]) RETURNING story_id`;

/** Counted anew, so that a wrong count does not last. */
export const COUNT_STORIES = `
INSERT INTO story (id, size, first_at, last_at)
SELECT story_id, count(*), min(at), max(at) FROM story_member
WHERE story_id = ANY ($1::uuid[]) GROUP BY story_id HAVING count(*) > 1
ON CONFLICT (id) DO UPDATE SET size = excluded.size, first_at = excluded.first_at, last_at = excluded.last_at`;

export const DROP_SMALL_STORIES = `
DELETE FROM story WHERE id = ANY ($1::uuid[])
  AND (SELECT count(*) FROM (SELECT 1 FROM story_member WHERE story_id = story.id LIMIT 2) AS members) < 2`;
