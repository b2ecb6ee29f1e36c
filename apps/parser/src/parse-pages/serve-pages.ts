import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { ConsumedRecord } from '@broadsheet/messaging';
import type { SettledRecord } from '../parse-article/settle-record.ts';
import { noteStart, type PageStart } from './page-start.ts';
import { toRecord, type PageAnswer, type PageTask } from './page-task.ts';

type Settle = (record: ConsumedRecord, now: Date) => SettledRecord;

/** Answers on a worker thread, whose data is a PageStart, one page after the other. */
export function servePages(settle: Settle): void {
  const port = parentPort;
  if (port === null) throw new Error('pages are served on worker threads');
  const serve = (task: PageTask): void => {
    noteStart(workerData as PageStart, task.serial);
    const settled = settle(toRecord(task), new Date(task.nowMs));
    port.postMessage({ serial: task.serial, settled } satisfies PageAnswer);
  };
  port.on('message', (first: PageTask) => {
    serve(first);
    // Between two turns of the event loop V8 may shrink the room for short-lived objects, after which
    // long-lived ones gather in no time: a thread that has a next page does not turn to it.
    let next = receiveMessageOnPort(port);
    while (next !== undefined) {
      serve(next.message as PageTask);
      next = receiveMessageOnPort(port);
    }
  });
}
