import { type BackgroundReport, type BackgroundWork, rest } from '@broadsheet/platform';
import type { ExpireArticlesHandler } from './expire-articles.handler.ts';

const LOOK_EVERY_MS = 10 * 60_000;
/** Between two looks at what is still to be carried out. */
const PAUSE_MS = 500;

/** Looks for articles that have had their time. */
export function expiryWork(
  handler: ExpireArticlesHandler,
  report: BackgroundReport,
): BackgroundWork {
  return {
    waiting: 'the retention waits',
    afterTroubleMs: 60_000,
    run: async (signal) => {
      const count = await handler.handle(() => rest(PAUSE_MS, signal), signal);
      if (count > 0) report.log({ msg: 'articles had their time', count });
      return LOOK_EVERY_MS;
    },
  };
}
