import { z } from 'zod';
import { integerSetting } from './setting-values.ts';

/** HTTP_PORT and HTTP_BIND; port 0 lets the system choose. */
export function httpSettings(defaults: { port: number }) {
  return {
    HTTP_PORT: integerSetting({ min: 0, max: 65_535, default: defaults.port }),
    HTTP_BIND: z
      .union([z.ipv4(), z.ipv6(), z.literal('localhost')], {
        error: 'must be an IP address to listen on, such as 127.0.0.1 or 0.0.0.0',
      })
      .default('127.0.0.1'),
  };
}

export const logSettings = {
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    )
    .default('info'),
};

/** What every service's settings hold. */
export interface ServiceEnvironment {
  readonly HTTP_PORT: number;
  readonly HTTP_BIND: string;
  readonly LOG_LEVEL: z.infer<typeof logSettings.LOG_LEVEL>;
}
