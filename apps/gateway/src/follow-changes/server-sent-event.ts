import { type ChangeView } from './change-view.ts';

/** How long a client waits before it comes again, in milliseconds. */
const RETRY_MS = 3_000;

/** A line that clients skip; it keeps the connection alive through proxies. */
export const HEARTBEAT = ':\n\n';

/** The first block: an id alone is no event, but it is where a client resumes from (WHATWG HTML §9.2). */
export function openingBlock(position: string): string {
  return `retry: ${RETRY_MS}\nid: ${position}\n\n`;
}

/** JSON holds no line end, so one data line is enough. */
export function eventOf(change: ChangeView): string {
  return `id: ${change.position}\ndata: ${JSON.stringify(change)}\n\n`;
}
