import { createRequire } from 'node:module';
import { z } from 'zod';

const { version } = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('../package.json'));

/** Of the code that is running; goes into dead letters. */
export const PLATFORM_VERSION: string = version;
