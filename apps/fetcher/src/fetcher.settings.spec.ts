import { userAgentOf } from '@broadsheet/http-client';
import { loadSettings } from '@broadsheet/platform';
import { describe, expect, it } from 'vitest';
import { FetcherSettings } from './fetcher.settings.ts';

const NEEDED = { KAFKA_BROKERS: 'localhost:9092', DATABASE_URL: 'postgres://localhost/broadsheet' };

function load(env: Record<string, string> = {}) {
  return loadSettings(FetcherSettings, { ...NEEDED, ...env });
}

describe('the settings of the fetcher', () => {
  it('are polite and closed by default', () => {
    const settings = load();
    expect(settings).toMatchObject({ HTTP_PORT: 8081, FETCH_HOST_DELAY_MS: 5_000 });
    expect(settings.FETCH_ALLOW_PRIVATE).toEqual({ hostNames: new Set(), networks: [] });
  });

  it('open what is named', () => {
    const { hostNames, networks } = load({
      FETCH_ALLOW_PRIVATE: 'feeds.lan,10.0.0.0/8',
    }).FETCH_ALLOW_PRIVATE;
    expect([[...hostNames], networks.length]).toEqual([['feeds.lan'], 1]);
  });

  it.each([
    ['FETCH_ALLOW_PRIVATE', '10.0.0.0/99'],
    ['FETCH_HOST_DELAY_MS', '-1'],
    ['FETCH_CONCURRENCY', '0'],
    ['FETCH_TIMEOUT_MS', '60000'],
    ['FETCH_CONTACT', 'two words'],
    ['FETCH_CONTACT', 'a)b'],
  ])('refuse %s=%s with a sentence', (name, value) => {
    expect(() => load({ [name]: value })).toThrow(new RegExp(`^The setting ${name} must be`));
  });

  it('put the contact into the User-Agent', () => {
    expect(userAgentOf(undefined)).toBe('Broadsheet/0.1');
    const { FETCH_CONTACT } = load({ FETCH_CONTACT: 'https://news.example/bot' });
    expect(userAgentOf(FETCH_CONTACT)).toBe('Broadsheet/0.1 (+https://news.example/bot)');
  });
});
