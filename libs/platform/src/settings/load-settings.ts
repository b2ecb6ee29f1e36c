import type { z } from 'zod';
import { SettingsInvalid } from './settings-invalid.errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of a service once, and freezes them.
 * @throws {SettingsInvalid} with a sentence that names the first bad setting. Values are never
 * repeated in it: they may be secrets.
 */
export function loadSettings<Settings>(schema: z.ZodType<Settings>, env: Environment): Settings {
  const result = schema.safeParse(withoutEmptyValues(env));
  if (result.success) return deepFreeze(result.data);
  const issue = result.error.issues[0];
  const name = issue?.path.join('.') ?? 'the environment';
  throw new SettingsInvalid(
    `The setting ${name} ${issue?.message ?? 'is wrong'}; correct it in the environment and start again.`,
  );
}

/** `NAME=` in an env file means "not set", as in compose files. */
function withoutEmptyValues(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && value.trim() !== '') kept[name] = value.trim();
  }
  return kept;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
