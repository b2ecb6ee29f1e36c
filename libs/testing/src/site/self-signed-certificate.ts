import { generateKeyPairSync, sign } from 'node:crypto';

/** PEM, as node:tls takes it. */
export interface SelfSignedCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Tags of DER (X.690 §8). */
const TAG = {
  integer: 2,
  bits: 3,
  octets: 4,
  oid: 6,
  time: 23,
  sequence: 0x30,
  set: 0x31,
} as const;
const VERSION_TAG = 0xa0;
const EXTENSIONS_TAG = 0xa3;
const UTF8_TAG = 12;
const DNS_NAME_TAG = 0x82;

const ECDSA_WITH_SHA256 = Buffer.from('2a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('550403', 'hex');
const SUBJECT_ALT_NAME = Buffer.from('551d11', 'hex');

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length;
  const head = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(TAG.sequence, ...parts);
}

/** A certificate for one host name and its private key, made anew (RFC 5280); valid from 2020 to 2049. */
export function selfSignedCertificate(hostName: string): SelfSignedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(der(TAG.oid, ECDSA_WITH_SHA256));
  const text = der(UTF8_TAG, Buffer.from(hostName));
  const name = sequence(der(TAG.set, sequence(der(TAG.oid, COMMON_NAME), text)));
  const validity = ['200101000000Z', '491231235959Z'].map((at) => der(TAG.time, Buffer.from(at)));
  const names = sequence(der(DNS_NAME_TAG, Buffer.from(hostName)));
  const extension = sequence(der(TAG.oid, SUBJECT_ALT_NAME), der(TAG.octets, names));
  const toBeSigned = sequence(
    der(VERSION_TAG, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1])),
    algorithm,
    name,
    sequence(...validity),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS_TAG, sequence(extension)),
  );
  const signature = der(TAG.bits, Buffer.from([0]), sign('sha256', toBeSigned, privateKey));
  const lines = sequence(toBeSigned, algorithm, signature)
    .toString('base64')
    .match(/.{1,64}/g);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...(lines ?? []), '-----END CERTIFICATE-----', ''].join(
      '\n',
    ),
  };
}
