import { TextDecoder, getBOMEncoding, normalizeEncoding } from '@exodus/bytes/encoding.js';
import { declaredCharset } from './declared-charset.ts';
import {
  guessCharsets,
  hasEscapeSequences,
  isMostlyUtf8,
  utf16ByZeroBytes,
  utf8Evidence,
} from './detect-charset.ts';
import { decodeUtf32, utf32ByFirstUnit } from './utf32.ts';

export interface DecodeOptions {
  /** Label from the transport (`content-type: …; charset=`), as written; null where it names none. */
  readonly charset: string | null;
  readonly kind: 'html' | 'xml' | 'text';
}

export interface DecodedText {
  readonly text: string;
  /** Name by the WHATWG Encoding Standard, in lower case; or utf-32le, utf-32be. */
  readonly charset: string;
  readonly from: 'bom' | 'transport' | 'declaration' | 'utf-8' | 'detected' | 'default';
}

type CharsetChoice = Omit<DecodedText, 'text'>;

const DEFAULT_CHARSET = 'windows-1252';

/** Labels that the detector uses and the standard does not know. */
const DETECTOR_LABELS: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  'tis-620': 'windows-874',
  maccyrillic: 'x-mac-cyrillic',
};

/**
 * Bytes to text as browsers do it (WHATWG Encoding): byte order mark, transport, declaration, then
 * valid UTF-8, letter statistics and windows-1252. Never throws: what is no character becomes U+FFFD.
 */
export function decodeBytes(bytes: Uint8Array, options: DecodeOptions): DecodedText {
  const utf32 = utf32ByFirstUnit(bytes);
  if (utf32 !== null) {
    return { charset: utf32, from: 'detected', text: decodeUtf32(bytes, utf32) };
  }
  const choice = chooseCharset(bytes, options);
  return { ...choice, text: new TextDecoder(choice.charset).decode(bytes) };
}

function chooseCharset(bytes: Uint8Array, { charset, kind }: DecodeOptions): CharsetChoice {
  const byMark = getBOMEncoding(bytes);
  if (byMark !== null) return { charset: byMark, from: 'bom' };
  return (
    believed(charset, bytes, 'transport') ??
    byZeroBytes(bytes) ??
    believed(declaredCharset(bytes, kind), bytes, 'declaration') ??
    detected(bytes)
  );
}

function byZeroBytes(bytes: Uint8Array): CharsetChoice | null {
  const charset = utf16ByZeroBytes(bytes);
  return charset && { charset, from: 'detected' };
}

function believed(
  label: string | null,
  bytes: Uint8Array,
  from: 'transport' | 'declaration',
): CharsetChoice | null {
  const charset = label === null ? null : supported(label);
  if (charset === null) return null;
  if (charset.startsWith('utf-16')) return believedUtf16(charset, bytes, from);
  // A zero byte is no character of a text in any other charset.
  if (utf16ByZeroBytes(bytes) !== null) return null;
  return charset === 'utf-8' && isClearlyNotUtf8(bytes) ? null : { charset, from };
}

/** .NET writes utf-16 into documents that it then stores as UTF-8. */
function believedUtf16(
  charset: string,
  bytes: Uint8Array,
  from: 'transport' | 'declaration',
): CharsetChoice {
  const byBytes = utf16ByZeroBytes(bytes);
  if (byBytes !== null) return { charset: byBytes, from };
  return { charset: from === 'declaration' || isMostlyUtf8(bytes) ? 'utf-8' : charset, from };
}

function isClearlyNotUtf8(bytes: Uint8Array): boolean {
  if (hasEscapeSequences(bytes) && utf8Evidence(bytes).goodSequences === 0) return true;
  if (isMostlyUtf8(bytes)) return false;
  const { goodSequences, badBytes } = utf8Evidence(bytes);
  return badBytes > Math.max(2, goodSequences);
}

function supported(label: string): string | null {
  const name = normalizeEncoding(label);
  if (name === 'x-user-defined') return DEFAULT_CHARSET;
  return name === 'replacement' ? null : name;
}

function detected(bytes: Uint8Array): CharsetChoice {
  if (isMostlyUtf8(bytes) && !hasEscapeSequences(bytes)) return { charset: 'utf-8', from: 'utf-8' };
  for (const guess of guessCharsets(bytes)) {
    const charset = supported(DETECTOR_LABELS[guess.toLowerCase()] ?? guess);
    if (charset !== null) return { charset, from: 'detected' };
  }
  return { charset: DEFAULT_CHARSET, from: 'default' };
}
