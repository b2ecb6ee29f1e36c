import { settleRecord, type SettledRecord } from '../parse-article/settle-record.ts';
import { noteStart } from './page-start.ts';
import { toRecord, type PageTask } from './page-task.ts';

/** What a worker thread does with each task. */
function parsePage(task: PageTask): SettledRecord {
  noteStart(task.start);
  return settleRecord(toRecord(task), new Date(task.nowMs));
}

// Piscina calls the default export.
// oxlint-disable-next-line import/no-default-export
export default parsePage;
