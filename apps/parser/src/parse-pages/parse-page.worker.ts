import { settleRecord, type SettledRecord } from '../parse-article/settle-record.ts';
import { toRecord, type PageTask } from './page-task.ts';

/** What a worker thread does with each task. */
export default function parsePage(task: PageTask): SettledRecord {
  return settleRecord(toRecord(task), new Date(task.nowMs));
}
