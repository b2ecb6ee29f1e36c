import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { databaseSettings } from './database.settings.ts';
import { httpSettings, logSettings } from './http.settings.ts';
import { kafkaSettings, toKafkaConnection } from './kafka.settings.ts';
import { loadSettings } from './load-settings.ts';
import { booleanSetting, listSetting } from './setting-values.ts';

const Http = z.object({ ...httpSettings({ port: 8080 }), ...logSettings });
const Kafka = z.object(kafkaSettings).transform((env) => env);
const Database = z.object(databaseSettings);

describe('loadSettings', () => {
  it('gives the defaults where nothing is set', () => {
    expect(loadSettings(Http, {})).toEqual({
      HTTP_PORT: 8080,
      HTTP_BIND: '127.0.0.1',
      LOG_LEVEL: 'info',
    });
  });

  it('takes an empty value for an unset one', () => {
    expect(loadSettings(Http, { HTTP_PORT: '', LOG_LEVEL: ' ' }).HTTP_PORT).toBe(8080);
  });

  it('freezes what it read, to the last level', () => {
    const settings = loadSettings(Kafka, { KAFKA_BROKERS: 'a:1,b:2' });
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.KAFKA_BROKERS)).toBe(true);
  });

  it.each([
    [Http, { HTTP_PORT: '80a' }, /HTTP_PORT must be a whole number from 0 to 65535/],
    [Http, { HTTP_PORT: '70000' }, /HTTP_PORT must be/],
    [Http, { HTTP_BIND: 'everywhere' }, /HTTP_BIND must be an IP address/],
    [Http, { LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of/],
    [Kafka, {}, /KAFKA_BROKERS is not set/],
    [Kafka, { KAFKA_BROKERS: 'nowhere' }, /KAFKA_BROKERS must be/],
    [Kafka, { KAFKA_BROKERS: 'a:1', KAFKA_SSL: 'yes' }, /KAFKA_SSL must be true or false/],
    [Kafka, { KAFKA_BROKERS: 'a:1', KAFKA_SASL_MECHANISM: 'x' }, /KAFKA_SASL_MECHANISM must be/],
    [Database, {}, /DATABASE_URL is not set/],
    [Database, { DATABASE_URL: 'mysql://x' }, /DATABASE_URL must be/],
  ])('stops with one sentence that names the bad setting (%#)', (schema, env, sentence) => {
    expect(() => loadSettings(schema as z.ZodType<unknown>, env)).toThrow(sentence);
  });

  it('never repeats a value, which may be a secret', () => {
    const load = () => loadSettings(Database, { DATABASE_URL: 'http://me:geheim@host/db' });
    expect(load).toThrow(/^(?!.*geheim)/);
  });
});

describe('setting values', () => {
  it('splits lists and drops what is empty', () => {
    const schema = z.object({ ALLOWED_HOSTS: listSetting() });
    expect(
      loadSettings(schema, { ALLOWED_HOSTS: ' a.example , ,b.example' }).ALLOWED_HOSTS,
    ).toEqual(['a.example', 'b.example']);
  });

  it('reads true and false only', () => {
    const schema = z.object({ FLAG: booleanSetting(false) });
    expect(loadSettings(schema, { FLAG: 'true' }).FLAG).toBe(true);
    expect(loadSettings(schema, {}).FLAG).toBe(false);
    expect(() => loadSettings(schema, { FLAG: '1' })).toThrow(/FLAG must be true or false/);
  });
});

describe('toKafkaConnection', () => {
  const login = { KAFKA_BROKERS: 'a:1', KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'me' };

  it('has no login where none is asked for', () => {
    expect(toKafkaConnection(loadSettings(Kafka, { KAFKA_BROKERS: 'a:1, b:2' }))).toEqual({
      brokers: ['a:1', 'b:2'],
      ssl: false,
    });
  });

  it('has the login where it is complete, and refuses half of one', () => {
    const complete = { ...login, KAFKA_SASL_PASSWORD: 'geheim' };
    expect(toKafkaConnection(loadSettings(Kafka, complete)).sasl).toEqual({
      mechanism: 'plain',
      username: 'me',
      password: 'geheim',
    });
    expect(() => toKafkaConnection(loadSettings(Kafka, login))).toThrow(/KAFKA_SASL_PASSWORD/);
  });
});
