/** New items count for less the longer ago they came: after this time for a third, and so on. */
const MEMORY = `interval '7 days'`;
const MEMORY_DAYS = 7;

/** What is left of a count after the time between two moments; bounded, for exp() fails where it underflows. */
function faded(from: string, to: string): string {
  const share = `extract(epoch FROM ${to} - ${from})::float8 / extract(epoch FROM ${MEMORY})::float8`;
  return `exp(-least(100, greatest(0, ${share})))`;
}

/**
 * Counts new items of the source_state row `t`. What its first reading finds came together and says nothing
 * about a day.
 */
export function countRecentItems(newItems: string, at: string): string {
  const before = `t.recent_items * coalesce(${faded('t.recent_items_at', at)}, 0)`;
  return `
  recent_items = CASE WHEN t.last_success_at IS NULL OR ${newItems} = 0 THEN t.recent_items
                      ELSE ${before} + ${newItems} END,
  recent_items_at = CASE WHEN t.last_success_at IS NULL OR ${newItems} = 0 THEN t.recent_items_at
                         ELSE ${at} END`;
}

/** Items a day of the source `s` with the state `t`; null in its first day. */
export const ITEMS_PER_DAY = `
  CASE WHEN s.created_at < now() - interval '1 day'
       THEN coalesce(t.recent_items * ${faded('t.recent_items_at', 'now()')}, 0)
            / (${MEMORY_DAYS} * (1 - ${faded('s.created_at', 'now()')})) END`;

/** $1 source. */
export const LOCK_RHYTHM = `
  SELECT last_item_at, item_gap_ms, item_gaps FROM source_state WHERE source_id = $1 FOR UPDATE`;

/** $1 source, $2 new items, $3 when, $4 to $6 the rhythm after: those that no poll found. */
export const NOTE_NEWS = `
  UPDATE source_state t SET ${countRecentItems('$2::integer', '$3::timestamptz')},
         items_seen = items_seen + $2, last_item_at = $4, item_gap_ms = $5, item_gaps = $6,
         last_success_at = greatest(last_success_at, $3)
   WHERE source_id = $1`;
