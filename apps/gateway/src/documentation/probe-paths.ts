import type { OpenAPIObject } from '@nestjs/swagger';

type PathItem = OpenAPIObject['paths'][string];
type Responses = NonNullable<PathItem['get']>['responses'];

const HEALTH = {
  type: 'object',
  required: ['status', 'checks'],
  additionalProperties: false,
  properties: {
    status: { type: 'string', enum: ['ok', 'unavailable'] },
    checks: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['ok'],
        additionalProperties: false,
        properties: { ok: { type: 'boolean' }, reason: { type: 'string' } },
      },
    },
  },
};

/** What every service answers to its orchestrator; the routes are not the gateway's own. */
export const PROBE_PATHS = {
  '/health/live': probe('Whether the process still gets on', {
    200: health('it does'),
    503: health('only a restart helps'),
  }),
  '/health/ready': probe('Whether the service can do its work', {
    200: health('it can'),
    503: health('it cannot at present'),
  }),
  '/metrics': probe('Measurements in the text format of Prometheus', {
    200: {
      description: 'all of them',
      content: { 'text/plain': { schema: { type: 'string' } } },
    },
  }),
} satisfies OpenAPIObject['paths'];

function health(description: string) {
  return { description, content: { 'application/json': { schema: HEALTH } } };
}

function probe(summary: string, responses: Responses): PathItem {
  return { get: { tags: ['service'], summary, parameters: [], responses } };
}
