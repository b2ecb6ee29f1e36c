import type { BackgroundWork } from '@broadsheet/platform';
import type { SubscribeHubsHandler } from './subscribe-hubs.handler.ts';

const AFTER_TROUBLE_MS = 10_000;
const HEAR_EVERY_MS = 1_000;
const SUBSCRIBE_EVERY_MS = 30_000;

/** Deals with what hubs have said. */
export function hearWork(handler: Pick<SubscribeHubsHandler, 'takeMessage'>): BackgroundWork {
  return {
    waiting: 'what hubs said waits',
    afterTroubleMs: AFTER_TROUBLE_MS,
    run: async (signal) => {
      while (!signal.aborted && (await handler.takeMessage()));
      return HEAR_EVERY_MS;
    },
  };
}

/** Subscribes to hubs that are new, or whose lease ends. */
export function subscribeWork(handler: Pick<SubscribeHubsHandler, 'subscribe'>): BackgroundWork {
  return {
    waiting: 'subscriptions wait',
    afterTroubleMs: AFTER_TROUBLE_MS,
    run: async (signal) => {
      await handler.subscribe(signal);
      return SUBSCRIBE_EVERY_MS;
    },
  };
}
