import { DatabaseUnavailable, QueryMalformed, QueryTimedOut } from '@broadsheet/persistence';
import { HttpException } from '@nestjs/common';
import { isProblemStatus, type ProblemCode } from './problem-codes.ts';
import { Problem, tryAgainLater } from './problem.errors.ts';

const DATABASE_RETRY_SECONDS = 5;

/** What a framework's error means to a client. Texts of drivers never get out. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseUnavailable) {
    return tryAgainLater(error.code, 'the database does not answer', DATABASE_RETRY_SECONDS);
  }
  if (error instanceof QueryTimedOut) {
    return new Problem(504, error.code, 'the query took too long; narrow it by date or by words');
  }
  if (error instanceof QueryMalformed) return fromMalformed(error);
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  if (isFrameworkError(error)) return fromStatus(error.statusCode, error.message);
  return unexpected();
}

/** Points at the character, counted from 1 as people do. */
function fromMalformed({ code, parameter, position, message }: QueryMalformed): Problem {
  const detail = `${message} (character ${position + 1})`;
  return new Problem(400, code, `${parameter} cannot be read as a query`, {
    errors: [{ in: 'query', name: parameter, detail, position }],
  });
}

const CODES: Readonly<Record<number, ProblemCode>> = {
  404: 'ROUTE_NOT_FOUND',
  408: 'REQUEST_TIMED_OUT',
  413: 'TOO_LARGE',
  414: 'URL_TOO_LONG',
  415: 'UNSUPPORTED_TYPE',
  431: 'HEADERS_TOO_LARGE',
};

function fromStatus(status: number, detail: string): Problem {
  if (status < 400 || status > 499) return unexpected();
  const code = CODES[status];
  if (code === undefined || !isProblemStatus(status)) {
    return new Problem(400, 'REQUEST_INVALID', detail);
  }
  return new Problem(status, code, detail);
}

function unexpected(): Problem {
  return new Problem(500, 'INTERNAL_ERROR', 'the request failed; the log of the service says why');
}

function isFrameworkError(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}
