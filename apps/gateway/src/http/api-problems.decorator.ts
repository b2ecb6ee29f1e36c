import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { PROBLEM_CODES, type ProblemStatus } from './problem-codes.ts';

const RETRY_AFTER = {
  'Retry-After': { description: 'in seconds', required: true, schema: { type: 'integer' } },
} as const;

/** Documents which statuses a route answers with problem details. */
export function ApiProblems(...statuses: readonly ProblemStatus[]): MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) => ApiResponse({ status, ...problemResponse(status) })),
  );
}

/** Problem details of one status, with the codes they may carry. */
export function problemResponse(status: ProblemStatus) {
  const code = { type: 'string', enum: [...PROBLEM_CODES[status]] };
  const particular = { type: 'object', properties: { status: { enum: [status] }, code } };
  const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, particular] };
  return {
    description: STATUS_CODES[status] ?? 'Error',
    content: { 'application/problem+json': { schema } },
    ...(status === 503 ? { headers: RETRY_AFTER } : {}),
  } satisfies Omit<ApiResponseOptions, 'status'>;
}
