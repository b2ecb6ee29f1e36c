import { fetchSettings } from '@broadsheet/http-client';
import {
  booleanSetting,
  databaseSettings,
  httpSettings,
  integerSetting,
  kafkaSettings,
  logSettings,
} from '@broadsheet/platform';
import { z } from 'zod';

export const FetcherSettings = z.object({
  ...httpSettings({ port: 8081 }),
  ...logSettings,
  ...kafkaSettings,
  ...databaseSettings,
  ...fetchSettings,
  /** Pause between two requests to one host. */
  FETCH_HOST_DELAY_MS: integerSetting({ min: 0, max: 3_600_000, default: 5_000 }),
  /** Whole time of one exchange: look-ups, redirects, the last byte of the body. Well below a lease. */
  FETCH_TIMEOUT_MS: integerSetting({ min: 100, max: 45_000, default: 30_000 }),
  /** Speak HTTP/2 to servers that do. */
  FETCH_HTTP2: booleanSetting(false),
  /** Address of the gateway as hubs reach it from outside; unset: no hub is subscribed to. */
  WEBSUB_CALLBACK_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .optional(),
  /** Requests in flight, each to another host. */
  FETCH_CONCURRENCY: integerSetting({ min: 1, max: 500, default: 32 }),
});
export type FetcherSettings = z.infer<typeof FetcherSettings>;
