import { RawArticle } from '@broadsheet/contracts';
import { z } from 'zod';

// Zod's type of a JSON schema is wider than that of OpenAPI 3.0, whatever the target.
const rawArticle: object = z.toJSONSchema(RawArticle, {
  target: 'openapi-3.0',
  io: 'input',
  reused: 'inline',
});
const page = { schema: { type: 'string', format: 'binary' } } as const;

/** How the body of a push is documented; it is read by contracts' `readRawArticle`. */
export const PUSH_BODY = {
  description: 'a RawArticle, a CloudEvent, or the page itself with its own content type',
  required: true,
  content: {
    'application/json': { schema: rawArticle },
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
