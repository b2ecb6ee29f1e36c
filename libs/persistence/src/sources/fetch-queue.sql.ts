/** Sources that were added or changed since the fetcher took them up. */
export const CHANGED_SOURCES = `
  SELECT s.id, s.host
    FROM source s LEFT JOIN source_state t ON t.source_id = s.id
   WHERE t.source_id IS NULL OR t.source_revision <> s.revision
   LIMIT 500`;

/** $1 ids, $2 now. Whatever is enabled is polled at once: its owner is waiting to see it work. */
export const ADOPT_SOURCES = `
  INSERT INTO source_state (source_id, source_revision, host, next_poll_at, next_poll_reason)
  SELECT id, revision, host,
         CASE WHEN enabled THEN $2::timestamptz END,
         CASE WHEN enabled THEN 'changed-by-owner' ELSE 'paused-by-owner' END
    FROM source WHERE id = ANY($1::uuid[])
  ON CONFLICT (source_id) DO UPDATE
     SET source_revision = excluded.source_revision, host = excluded.host,
         next_poll_at = excluded.next_poll_at, next_poll_reason = excluded.next_poll_reason
   WHERE source_state.source_revision <> excluded.source_revision
  RETURNING source_id`;

/** $1 now, $2 end of the leases, $3 how many. The host's lease covers the work that is read with it. */
export const TAKE_TURNS = `
  WITH turn AS (
    SELECT host FROM host WHERE turn_at <= $1 ORDER BY turn_at LIMIT $3 FOR UPDATE SKIP LOCKED
  ), leased AS (
    UPDATE host SET free_at = $2, turn_at = $2 FROM turn WHERE host.host = turn.host RETURNING host.host
  )
  SELECT leased.host, poll.*, page.*
    FROM leased
    LEFT JOIN LATERAL (
      SELECT t.source_id AS poll_source_id, s.url AS poll_url, s.name AS poll_name, t.etag,
             t.last_modified, t.body_hash, t.interval_ms, t.consecutive_failures
        FROM source_state t JOIN source s ON s.id = t.source_id
       WHERE t.host = leased.host AND t.next_poll_at <= $1 AND s.enabled
       ORDER BY t.next_poll_at LIMIT 1) AS poll ON true
    LEFT JOIN LATERAL (
      SELECT f.address_id, f.url AS page_url, f.source_id AS page_source_id, f.hints, f.attempts,
             s.url AS source_url, s.name AS source_name
        FROM frontier f LEFT JOIN source s ON s.id = f.source_id
       WHERE f.host = leased.host AND f.due_at <= $1
       ORDER BY f.due_at LIMIT 1) AS page ON poll.poll_source_id IS NULL`;

export const KNOWN_PAGES = `SELECT address_id FROM frontier WHERE address_id = ANY($1::uuid[])`;

export const ADD_PAGES = `
  INSERT INTO frontier (address_id, url, host, source_id, hints, found_at, due_at)
  SELECT address_id, url, host, source_id, hints, $6, $6
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::jsonb[])
      AS found (address_id, url, host, source_id, hints)
  ON CONFLICT (address_id) DO NOTHING RETURNING address_id`;

/** A source that was paused or changed while it was polled keeps what its owner decided. */
const NEXT_POLL = `
  next_poll_at = CASE WHEN s.enabled AND s.revision = t.source_revision THEN $2 ELSE t.next_poll_at END,
  next_poll_reason =
    CASE WHEN s.enabled AND s.revision = t.source_revision THEN $3 ELSE t.next_poll_reason END,
  interval_ms = $4, consecutive_failures = $5, last_polled_at = $6`;

export const RECORD_POLL_SUCCESS = `
  UPDATE source_state t
     SET ${NEXT_POLL}, last_success_at = $6, last_error_at = NULL, last_error_code = NULL,
         last_error_detail = NULL, etag = $7, last_modified = $8, body_hash = $9,
         items_seen = items_seen + $10
    FROM source s WHERE s.id = t.source_id AND t.source_id = $1`;

export const RECORD_POLL_FAILURE = `
  UPDATE source_state t
     SET ${NEXT_POLL}, last_error_at = $6, last_error_code = $7, last_error_detail = $8
    FROM source s WHERE s.id = t.source_id AND t.source_id = $1`;

/** $2 next due time or null, $3 error code or null, $4 time of the fetch or null. */
export const RECORD_PAGE = `
  UPDATE frontier
     SET due_at = $2, last_error_code = $3, fetched_at = coalesce($4, fetched_at),
         attempts = CASE WHEN $4::timestamptz IS NULL THEN attempts + 1 ELSE 0 END
   WHERE address_id = $1`;
