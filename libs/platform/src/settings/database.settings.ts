import { z } from 'zod';
import { integerSetting } from './setting-values.ts';

function isPostgresUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
}

export const databaseSettings = {
  DATABASE_URL: z
    .string('is not set: give the database as postgres://user:password@host:5432/name')
    .refine(isPostgresUrl, 'must be an address such as postgres://user:password@host:5432/name'),
  /** Connections of one process. */
  DATABASE_POOL_SIZE: integerSetting({ min: 1, max: 200, default: 8 }),
};

const DatabaseEnvironment = z.object(databaseSettings);
export type DatabaseEnvironment = Readonly<z.infer<typeof DatabaseEnvironment>>;
