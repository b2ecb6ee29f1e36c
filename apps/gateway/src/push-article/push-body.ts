const page = { schema: { type: 'string', format: 'binary' } } as const;

/** How the body of a push is documented; it is read by contracts' `readRawArticle`. */
export const PUSH_BODY = {
  description: 'a RawArticle, a CloudEvent, or the page itself with its own content type',
  required: true,
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/RawArticle' } },
    'application/cloudevents+json': { schema: { type: 'object' } },
    'text/html': page,
    'application/xhtml+xml': page,
    'text/plain': page,
  },
};

export const BATCH_BODY = {
  description: 'one RawArticle a line',
  required: true,
  content: { 'application/x-ndjson': { schema: { type: 'string' } } },
};
