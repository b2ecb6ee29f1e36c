import { z } from 'zod';
import { parsePrivateAccess, type PrivateAccess } from './private-access.ts';

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

/** The settings of whoever fetches, as the shape of a zod object. */
export const fetchSettings = {
  /** Hosts and networks inside the operator's own walls that may be fetched from. */
  FETCH_ALLOW_PRIVATE: z.string().default('').transform(toPrivateAccess),
  /** Address of a proxy, with its credentials, that all requests to publishers go through. */
  FETCH_PROXY_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((address) => new URL(address))
    .optional(),
  /** Address of a page or mailbox where a publisher reaches a person; part of the User-Agent. */
  FETCH_CONTACT: z
    .string()
    .regex(/^[!-'*-:<-~]{3,200}$/, 'must be an address without blanks and brackets')
    .optional(),
};

const NAME_AND_VERSION = 'Broadsheet/0.1';

/** What publishers see in their logs. */
export function userAgentOf(contact: string | undefined): string {
  return contact === undefined ? NAME_AND_VERSION : `${NAME_AND_VERSION} (+${contact})`;
}
