import { fetchSettings } from '@broadsheet/http-client';
import {
  booleanSetting,
  databaseSettings,
  httpSettings,
  integerSetting,
  kafkaSettings,
  listSetting,
  logSettings,
} from '@broadsheet/platform';
import { z } from 'zod';

const LOOPBACK = /^(127\.|::1$|localhost$)/;

export const GatewaySettings = z
  .object({
    ...httpSettings({ port: 8080 }),
    ...logSettings,
    ...kafkaSettings,
    ...databaseSettings,
    ...fetchSettings,
    AUTH: z.enum(['none'], 'must be none, the only mode there is so far').default('none'),
    /** Says that whoever reaches the wider address came through something that is bound to loopback. */
    AUTH_NONE_BEHIND_LOOPBACK: booleanSetting(false),
    ALLOWED_HOSTS: listSetting(),
    PUSH_MAX_LAG_SECONDS: integerSetting({ min: 1, max: 86_400, default: 60 }),
  })
  .refine((settings) => LOOPBACK.test(settings.HTTP_BIND) || settings.AUTH_NONE_BEHIND_LOOPBACK, {
    path: ['HTTP_BIND'],
    message:
      'reaches beyond this machine while AUTH=none lets everybody in: set it to 127.0.0.1, or set ' +
      'AUTH_NONE_BEHIND_LOOPBACK=true where the port is published on a loopback address only',
  });
export type GatewaySettings = z.infer<typeof GatewaySettings>;
