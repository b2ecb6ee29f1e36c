import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddressAllowed } from './address-policy.ts';
import { NO_PRIVATE_ACCESS, parsePrivateAccess } from './private-access.ts';

const REFUSED = [
  '0.0.0.0',
  '0.1.2.3',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::a9fe:a9fe',
  '::8.8.8.8',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::a00:1',
  '64:ff9b:1::808:808',
  '100::1',
  '2001::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  '2002:a00:1::1',
  '2a00:1450:4001:81b::5efe:7f00:1',
  '2a00:1450:4001:81b:200:5efe:a00:1',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'not an address',
  '',
];

const ALLOWED = [
  '8.8.8.8',
  '93.184.215.14',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '100.63.255.255',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450:4001:81b::200e',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
  '2002:808:808::1',
];

describe('the address policy', () => {
  it.each(REFUSED)('refuses %s', (address) => {
    expect(isAddressAllowed(address, NO_PRIVATE_ACCESS)).toBe(false);
  });

  it.each(ALLOWED)('allows %s', (address) => {
    expect(isAddressAllowed(address, NO_PRIVATE_ACCESS)).toBe(true);
  });

  it('judges every form that carries an IPv4 address by that address', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, octet, (a, b, c, d) => {
        const plain = isAddressAllowed(`${a}.${b}.${c}.${d}`, NO_PRIVATE_ACCESS);
        const high = ((a << 8) | b).toString(16);
        const low = ((c << 8) | d).toString(16);
        for (const form of [
          `::ffff:${high}:${low}`,
          `64:ff9b::${high}:${low}`,
          `2002:${high}:${low}::1`,
        ]) {
          expect(isAddressAllowed(form, NO_PRIVATE_ACCESS)).toBe(plain);
        }
      }),
    );
  });

  it('opens what the operator names, in every form, and nothing beside it', () => {
    const access = parsePrivateAccess('10.1.0.0/16, 127.0.0.1 fd00:1::/32');
    const opened = ['10.1.2.3', '::ffff:10.1.2.3', '127.0.0.1', '64:ff9b::7f00:1', 'fd00:1::7'];
    const closed = ['10.2.0.1', '127.0.0.2', 'fd00:2::7', '169.254.169.254'];
    expect(opened.filter((address) => !isAddressAllowed(address, access))).toEqual([]);
    expect(closed.filter((address) => isAddressAllowed(address, access))).toEqual([]);
  });
});

describe('parsePrivateAccess', () => {
  it('takes names, addresses and networks, and an empty setting for none', () => {
    expect(parsePrivateAccess('')).toEqual(NO_PRIVATE_ACCESS);
    const access = parsePrivateAccess('Feeds.Intranet.example,\n10.0.0.0/8  ::1');
    expect([...access.hostNames]).toEqual(['feeds.intranet.example']);
    expect(access.networks).toHaveLength(2);
  });

  it.each(['10.0.0.0/33', '10.0.0', 'http://intranet/', 'a b/8', '*'])('refuses %j', (setting) => {
    expect(() => parsePrivateAccess(setting)).toThrow(/neither a host name nor an address/);
  });
});
