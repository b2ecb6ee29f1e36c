import { z } from 'zod';

/** A whole number within bounds, with a default. */
export function integerSetting(bounds: { min: number; max: number; default: number }) {
  const { min, max } = bounds;
  const sentence = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, sentence)
    .transform(Number)
    .refine((value) => value >= min && value <= max, sentence)
    .default(bounds.default);
}

/** `true` or `false`, with a default. */
export function booleanSetting(fallback: boolean) {
  return z
    .enum(['true', 'false'], 'must be true or false')
    .transform((value) => value === 'true')
    .default(fallback);
}

/** A comma-separated list; blanks around the elements are dropped, as are empty elements. */
export function listSetting() {
  return z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((element) => element.trim())
        .filter((element) => element !== ''),
    );
}
