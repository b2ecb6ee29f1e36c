import { createRequire } from 'node:module';

/** The fields of kafkajs' RequestQueue that the override below touches. */
interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  throttledUntil: number;
  readonly pending: readonly unknown[];
  checkPendingRequests(): void;
}

const PENDING_CHECK_INTERVAL_MS = 10;

const require = createRequire(import.meta.url);
const { version } = require('kafkajs/package.json') as { version: string };
if (version !== '2.2.4') {
  throw new Error(`kafkajs ${version} is installed: re-check the patches made for 2.2.4`);
}

// kafkajs 2.2.4 re-arms this timer with a negative delay even when nothing is pending: 1 ms loops on
// every connection (kafkajs #1751). Arm it only while requests wait.
const { prototype } = require('kafkajs/src/network/requestQueue') as {
  prototype: { scheduleCheckPendingRequests(this: RequestQueue): void };
};
prototype.scheduleCheckPendingRequests = function scheduleCheckPendingRequests() {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const waitMs = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    waitMs > 0 ? waitMs : PENDING_CHECK_INTERVAL_MS,
  );
};
