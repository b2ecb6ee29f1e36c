/** How an answer's headers are documented. */
export const ENTITY_TAG = {
  ETag: { description: 'for If-None-Match', required: true, schema: { type: 'string' } },
} as const;
