import { parsePrivateAccess, type PrivateAccess } from '@broadsheet/http-client';
import {
  databaseSettings,
  httpSettings,
  integerSetting,
  kafkaSettings,
  logSettings,
} from '@broadsheet/platform';
import { z } from 'zod';

function toPrivateAccess(setting: string, context: z.RefinementCtx): PrivateAccess {
  try {
    return parsePrivateAccess(setting);
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be a list of host names, addresses and networks such as 10.0.0.0/8, or unset',
    });
    return z.NEVER;
  }
}

export const FetcherSettings = z.object({
  ...httpSettings({ port: 8081 }),
  ...logSettings,
  ...kafkaSettings,
  ...databaseSettings,
  /** Pause between two requests to one host. */
  FETCH_HOST_DELAY_MS: integerSetting({ min: 0, max: 3_600_000, default: 5_000 }),
  /** Hosts and networks inside the operator's own walls that may be fetched from. */
  FETCH_ALLOW_PRIVATE: z.string().default('').transform(toPrivateAccess),
  /** Requests in flight, each to another host. */
  FETCH_CONCURRENCY: integerSetting({ min: 1, max: 500, default: 32 }),
  /** Address of a page or mailbox where a publisher reaches a person; part of the User-Agent. */
  FETCH_CONTACT: z
    .string()
    .regex(/^[!-'*-:<-~]{3,200}$/, 'must be an address without blanks and brackets')
    .optional(),
});
export type FetcherSettings = z.infer<typeof FetcherSettings>;

const NAME_AND_VERSION = 'Broadsheet/0.1';

/** What publishers see in their logs. */
export function userAgentOf(contact: string | undefined): string {
  return contact === undefined ? NAME_AND_VERSION : `${NAME_AND_VERSION} (+${contact})`;
}
