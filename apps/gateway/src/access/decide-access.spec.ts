import { describe, expect, it } from 'vitest';
import { decideAccess, type RequestFacts } from './decide-access.ts';

function request(parts: Partial<RequestFacts>): RequestFacts {
  return {
    method: 'GET',
    path: '/api/v1/articles',
    host: 'localhost:8080',
    origin: undefined,
    fetchSite: undefined,
    ...parts,
  };
}

function codeOf(parts: Partial<RequestFacts>, allowedHosts: readonly string[] = []): string {
  const decision = decideAccess(request(parts), allowedHosts);
  return decision.kind === 'allowed' ? 'allowed' : decision.code;
}

describe('decideAccess by Host', () => {
  it.each([
    'localhost',
    'localhost:8080',
    'LOCALHOST:8080',
    'localhost.:8080',
    'news.localhost:8080',
    '127.0.0.1:8080',
    '127.8.0.1',
    '[::1]:8080',
  ])('lets %s in', (host) => {
    expect(codeOf({ host })).toBe('allowed');
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evillocalhost',
    '192.168.0.7:8080',
    '0.0.0.0:8080',
    '[::2]',
  ])('refuses %s', (host) => {
    expect(codeOf({ host })).toBe('HOST_NOT_ALLOWED');
  });

  it('lets a listed host in, with its port only where the list names one', () => {
    expect(codeOf({ host: 'news.example:8080' }, ['news.example'])).toBe('allowed');
    expect(codeOf({ host: 'news.example:9000' }, ['news.example:8080'])).toBe('HOST_NOT_ALLOWED');
  });

  it.each(['/health/live', '/health/ready', '/metrics'])('leaves %s open to probes', (path) => {
    expect(codeOf({ path, host: 'gateway:8080' })).toBe('allowed');
  });
});

describe('decideAccess by origin', () => {
  it.each(['POST', 'PATCH', 'DELETE', 'PUT'])('refuses a %s from a foreign page', (method) => {
    expect(codeOf({ method, origin: 'https://evil.example' })).toBe('FOREIGN_ORIGIN');
    expect(codeOf({ method, origin: 'null' })).toBe('FOREIGN_ORIGIN');
    expect(codeOf({ method, fetchSite: 'cross-site' })).toBe('FOREIGN_ORIGIN');
    expect(codeOf({ method, fetchSite: 'same-site' })).toBe('FOREIGN_ORIGIN');
  });

  it('refuses a page of another port of this machine', () => {
    expect(codeOf({ method: 'POST', origin: 'http://localhost:3000' })).toBe('FOREIGN_ORIGIN');
  });

  it('lets programs, own pages and listed pages write', () => {
    expect(codeOf({ method: 'POST' })).toBe('allowed');
    expect(codeOf({ method: 'POST', fetchSite: 'none' })).toBe('allowed');
    const own = { method: 'POST', origin: 'http://localhost:8080', fetchSite: 'same-origin' };
    expect(codeOf(own)).toBe('allowed');
    const listed = { method: 'POST', origin: 'http://localhost:3000', fetchSite: 'same-site' };
    expect(codeOf(listed, ['localhost:3000'])).toBe('allowed');
  });

  it('lets a foreign page read, which its browser then keeps from it', () => {
    expect(codeOf({ origin: 'https://evil.example', fetchSite: 'cross-site' })).toBe('allowed');
  });
});
