import type { RejectionCode } from './error-codes.ts';
import { InputRefused } from './input-refused.errors.ts';

/** Bytes of standard base64; line breaks and missing padding are accepted (the WHATWG forgiving decode). */
export function decodeBase64(text: string, code: RejectionCode): Uint8Array {
  const binary = toBinary(text);
  if (binary === null) throw new InputRefused(code, 'the content is not base64');
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

function toBinary(text: string): string | null {
  try {
    return atob(text);
  } catch {
    return null;
  }
}
