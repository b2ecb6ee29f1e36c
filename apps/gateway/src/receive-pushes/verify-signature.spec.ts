import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSignedWith } from './verify-signature.ts';

const BODY = Buffer.from('<rss/>');
const sign = (method: string, secret = 'secret', body = BODY) =>
  `${method}=${createHmac(method, secret).update(body).digest('hex')}`;

describe('the signature of a hub', () => {
  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('by %s is known', (method) => {
    expect(isSignedWith('secret', BODY, sign(method))).toBe(true);
    expect(isSignedWith('secret', BODY, sign(method).toUpperCase())).toBe(true);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['another secret', sign('sha256', 'other')],
    ['another body', sign('sha256', 'secret', Buffer.from('<rss></rss>'))],
    ['a weak method', sign('md5')],
    ['a method that does not exist', sign('sha256').replace('sha256', 'sha999')],
    ['a shorter digest', sign('sha256').slice(0, -2)],
    ['the digest of another method', sign('sha1').replace('sha1', 'sha256')],
    ['digits that are none', `sha256=${'zz'.repeat(32)}`],
    ['two at once', `${sign('sha256')},${sign('sha256')}`],
  ])('is refused: %s', (_what, signature) => {
    expect(isSignedWith('secret', BODY, signature)).toBe(false);
  });
});
