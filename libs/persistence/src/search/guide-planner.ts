import type { Query } from '../database/session.ts';
import type { CompiledSearch } from './compiled-search.ts';

// The planner thinks little of the text index and would rather read every vector. A bitmap that outgrows
// work_mem forgets which rows of a page it meant, and then every vector is read again; compiling a plan to
// machine code takes longer than any of these. Without index scans, matches are found by the text index alone
// and not by walking the dates and reading the vector of each article.
const GUIDE_PLANNER = `
SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', $1, true),
  set_config('jit', 'off', true), set_config('work_mem', '64MB', true),
  set_config('max_parallel_workers_per_gather', '0', true)`;

/** For the transaction of the query. */
export async function guidePlanner(query: Query, { words }: CompiledSearch): Promise<void> {
  await query(GUIDE_PLANNER, [words?.isIndexable === true ? 'off' : 'on']);
}
