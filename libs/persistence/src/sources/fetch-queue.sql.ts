/** Sources that were added or changed since the fetcher took them up. */
export const CHANGED_SOURCES = `
  SELECT s.id, s.host
    FROM source s LEFT JOIN source_state t ON t.source_id = s.id
   WHERE t.source_id IS NULL OR t.source_revision <> s.revision
   LIMIT 500`;

/**
 * $1 ids, $2 now. Whatever is enabled is polled at once: its owner is waiting to see it work. A feed that was
 * found or moved is looked for again from the owner's address, and validators belong to one address.
 */
export const ADOPT_SOURCES = `
  INSERT INTO source_state (source_id, source_revision, host, next_poll_at, next_poll_reason)
  SELECT id, revision, host,
         CASE WHEN enabled THEN $2::timestamptz END,
         CASE WHEN enabled THEN 'changed-by-owner' ELSE 'paused-by-owner' END
    FROM source WHERE id = ANY($1::uuid[])
  ON CONFLICT (source_id) DO UPDATE
     SET source_revision = excluded.source_revision, host = excluded.host,
         next_poll_at = excluded.next_poll_at, next_poll_reason = excluded.next_poll_reason,
         etag = CASE WHEN source_state.feed_url IS NULL THEN source_state.etag END,
         last_modified = CASE WHEN source_state.feed_url IS NULL THEN source_state.last_modified END,
         body_hash = CASE WHEN source_state.feed_url IS NULL THEN source_state.body_hash END,
         memory = CASE WHEN source_state.feed_url IS NULL THEN source_state.memory ELSE '{}' END,
         feed_url = NULL, redirects = '[]'
   WHERE source_state.source_revision <> excluded.source_revision
  RETURNING source_id`;

/** $1 now, $2 end of the leases, $3 how many. */
export const LEASE_HOSTS = `
  WITH turn AS (
    SELECT host FROM host WHERE turn_at <= $1 ORDER BY turn_at LIMIT $3 FOR UPDATE SKIP LOCKED
  )
  UPDATE host SET free_at = $2, turn_at = $2 FROM turn WHERE host.host = turn.host RETURNING host.host`;

/**
 * $1 now, $2 leased hosts. A statement of its own after the leases: one that both took a host and read its
 * work would see the host as it was given back and the work as it was before that, and do it twice.
 */
export const READ_WORK = `
  SELECT leased.host, poll.*, page.*
    FROM unnest($2::text[]) AS leased (host)
    LEFT JOIN LATERAL (
      SELECT t.source_id AS poll_source_id, coalesce(t.feed_url, s.url) AS poll_url,
             s.url AS owner_url, s.name AS poll_name, s.selector, t.etag, t.last_modified, t.body_hash,
             t.interval_ms, t.consecutive_failures, t.memory, t.redirects AS poll_redirects,
             t.last_item_at, t.item_gap_ms, t.item_gaps,
             w.lease_until AS pushed_until
        FROM source_state t JOIN source s ON s.id = t.source_id
             LEFT JOIN websub w ON w.source_id = t.source_id
       WHERE t.host = leased.host AND t.next_poll_at <= $1 AND s.enabled
       ORDER BY t.next_poll_at LIMIT 1) AS poll ON true
    LEFT JOIN LATERAL (
      SELECT f.address_id, f.url AS page_url, f.source_id AS page_source_id, f.hints, f.attempts,
             f.kind, f.found_at, f.fetched_at, f.redirects AS page_redirects, f.etag AS page_etag,
             f.last_modified AS page_last_modified, f.body_hash AS page_body_hash,
             s.url AS source_url, s.name AS source_name
        FROM frontier f LEFT JOIN source s ON s.id = f.source_id
       WHERE f.host = leased.host AND f.due_at <= $1
       ORDER BY f.due_at LIMIT 1) AS page ON poll.poll_source_id IS NULL`;

export const KNOWN_PAGES = `SELECT address_id FROM frontier WHERE address_id = ANY($1::uuid[])`;

export const ADD_PAGES = `
  INSERT INTO frontier (address_id, url, host, source_id, hints, found_at, due_at, last_error_code)
  SELECT address_id, url, host, source_id, hints, $7, CASE WHEN refusal IS NULL THEN $7::timestamptz END,
         refusal
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::jsonb[], $6::text[])
      AS found (address_id, url, host, source_id, hints, refusal)
  ON CONFLICT (address_id) DO NOTHING RETURNING address_id`;

/**
 * $6 times of change, $7 now, $8: one that names no time of change is read again when its last reading is
 * older than this.
 */
export const ADD_SITEMAPS = `
  INSERT INTO frontier (address_id, url, host, source_id, hints, kind, found_at, due_at)
  SELECT address_id, url, host, source_id, hints, 'sitemap', $7, $7
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::jsonb[])
      AS found (address_id, url, host, source_id, hints)
  ON CONFLICT (address_id) DO UPDATE SET due_at = $7, hints = excluded.hints
   WHERE frontier.kind = 'sitemap' AND frontier.due_at IS NULL
     AND EXISTS (
       SELECT 1 FROM unnest($1::uuid[], $6::timestamptz[]) AS changed (address_id, at)
        WHERE changed.address_id = frontier.address_id
          AND (frontier.fetched_at IS NULL OR coalesce(changed.at > frontier.fetched_at,
                                                       frontier.fetched_at < $8)))
  RETURNING address_id`;

/** $1 pages found before are forgotten, $2 how many at most. */
export const PRUNE_FRONTIER = `
  DELETE FROM frontier WHERE address_id IN (
    SELECT address_id FROM frontier WHERE due_at IS NULL AND found_at < $1
     LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING address_id`;

/** $1 hosts that nobody asked for anything since are forgotten. */
export const PRUNE_HOSTS = `
  WITH forgotten AS (DELETE FROM robots WHERE expires_at < $1)
  DELETE FROM host WHERE turn_at IS NULL AND free_at < $1`;
