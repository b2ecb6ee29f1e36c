import { z } from 'zod';

const NO_PORT = 'must be a port between 1 and 65535';
const port = (fallback: number) =>
  z.coerce.number(NO_PORT).int(NO_PORT).min(1, NO_PORT).max(65_535, NO_PORT).default(fallback);

const Settings = z.object({
  HTTP_PORT: port(8080),
  KAFKA_PORT: port(9092),
  POSTGRES_PORT: port(5433),
  BROADSHEET_HOME: z.string().default('.broadsheet'),
  KAFKA_BROKERS: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  /** Start the services again whenever their compiled code changes. */
  BROADSHEET_WATCH: z.stringbool('must be true or false').default(false),
});

/** Settings of `npm start`; the services read their own from the same environment. */
export type StandaloneSettings = Readonly<z.infer<typeof Settings>>;

class SettingInvalid extends Error {
  override readonly name = 'SettingInvalid';
  readonly code = 'SETTING_INVALID';
  readonly retry = 'never';
}

/** Throws SettingInvalid with one sentence. An empty value counts as not set. */
export function readStandaloneSettings(
  environment: Readonly<Record<string, string | undefined>>,
): StandaloneSettings {
  const given = Object.entries(environment).filter(([, value]) => value?.trim());
  const result = Settings.safeParse(Object.fromEntries(given));
  if (result.success) return Object.freeze(result.data);
  const issue = result.error.issues[0];
  throw new SettingInvalid(
    `The setting ${issue?.path.join('.')} ${issue?.message}: correct it in the environment and start again.`,
  );
}
