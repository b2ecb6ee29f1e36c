import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ProblemDocument } from './problem-document.ts';

/** Documents which statuses a route answers with problem details. */
export function ApiProblems(...statuses: readonly number[]): MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        standardSchema: ProblemDocument,
        description: STATUS_CODES[status] ?? 'Error',
      }),
    ),
  );
}
