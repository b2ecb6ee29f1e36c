/** Largest body accepted at any door, in bytes after transport decoding. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Largest record read from articles.raw: a body of MAX_BODY_BYTES as base64 or escaped in JSON. */
export const MAX_RECORD_BYTES = 12 * 1024 * 1024;
/** Longest URL accepted, in bytes. */
export const MAX_URL_BYTES = 2_000;
/** Longest `ce_hints` or `ce_origin` header, in bytes. */
export const MAX_CONTEXT_HEADER_BYTES = 16 * 1024;
