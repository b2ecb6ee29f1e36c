import type { BackgroundReport, BackgroundWork } from '@broadsheet/platform';
import type { CarryOutDeletionsHandler } from './carry-out-deletions.handler.ts';

const LOOK_EVERY_MS = 1_000;

/** Looks for orders; one that failed is still there. */
export function deletionWork(
  handler: CarryOutDeletionsHandler,
  report: BackgroundReport,
): BackgroundWork {
  return {
    waiting: 'deletions wait',
    afterTroubleMs: 5_000,
    run: async (signal) => {
      const count = await handler.handle(signal);
      if (count > 0) report.log({ msg: 'deleted articles', count });
      return LOOK_EVERY_MS;
    },
  };
}
