import { InputRefused } from './input-refused.errors.ts';
import { MAX_URL_BYTES } from './limits.ts';

const SCHEME = /^https?:\/\//i;
const CONTROL = /\p{Cc}/u;

export function startsLikeWebAddress(text: string): boolean {
  return SCHEME.test(text);
}

/** Whether the text is an absolute http or https URL of at most MAX_URL_BYTES bytes that can be stored. */
export function isWebAddress(text: string): boolean {
  if (text.length > MAX_URL_BYTES || !SCHEME.test(text)) return false;
  if (CONTROL.test(text) || !text.isWellFormed() || !URL.canParse(text)) return false;
  return new TextEncoder().encode(text).byteLength <= MAX_URL_BYTES;
}

/** The address without blanks around it; throws URL_INVALID. */
export function requireWebAddress(text: string): string {
  const address = text.trim();
  if (isWebAddress(address)) return address;
  throw new InputRefused('URL_INVALID', `not an absolute http or https URL: ${quote(address)}`);
}

function quote(text: string): string {
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  return JSON.stringify(shown.toWellFormed());
}
