import { describe, expect, it } from 'vitest';
import { readStandaloneSettings } from './standalone.config.ts';

describe('readStandaloneSettings', () => {
  it('needs nothing', () => {
    expect(readStandaloneSettings({})).toEqual({
      HTTP_PORT: 8080,
      KAFKA_PORT: 9092,
      POSTGRES_PORT: 5433,
      BROADSHEET_HOME: '.broadsheet',
      BROADSHEET_WATCH: false,
    });
  });

  it('takes an empty value for none', () => {
    expect(readStandaloneSettings({ KAFKA_BROKERS: '', HTTP_PORT: ' ' })).toEqual(
      readStandaloneSettings({}),
    );
  });

  it.each(['x', '0', '65536', '80.5', '-1', '1e9'])(
    'refuses the port %s in a sentence',
    (value) => {
      expect(() => readStandaloneSettings({ KAFKA_PORT: value })).toThrow(
        'The setting KAFKA_PORT must be a port between 1 and 65535: correct it in the environment and start again.',
      );
    },
  );
});
