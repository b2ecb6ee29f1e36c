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
  if (error instanceof HttpException) return fromStatus(error.getStatus());
  if (isFrameworkError(error)) return fromStatus(error.statusCode);
  return unexpected();
}

/** Points at the character, counted from 1 as people do. */
function fromMalformed({ code, parameter, position, message }: QueryMalformed): Problem {
  const detail = `${message} (character ${position + 1})`;
  return new Problem(400, code, `${parameter} cannot be read as a query`, {
    errors: [{ in: 'query', name: parameter, detail, position }],
  });
}

/** In words of our own: those of the framework repeat the address, and with it whatever it holds. */
const OF_FRAMEWORK: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  404: ['ROUTE_NOT_FOUND', 'there is no such route'],
  408: ['REQUEST_TIMED_OUT', 'the request did not come to its end in time'],
  413: ['TOO_LARGE', 'the body is too large'],
  414: ['URL_TOO_LONG', 'a part of the path is too long'],
  415: ['UNSUPPORTED_TYPE', 'the route does not read this type of content'],
  431: ['HEADERS_TOO_LARGE', 'the address and the headers are too long'],
};

function fromStatus(status: number): Problem {
  if (status < 400 || status > 499) return unexpected();
  const known = OF_FRAMEWORK[status];
  if (known === undefined || !isProblemStatus(status)) {
    return new Problem(400, 'REQUEST_INVALID', 'the request cannot be read');
  }
  return new Problem(status, ...known);
}

function unexpected(): Problem {
  return new Problem(500, 'INTERNAL_ERROR', 'the request failed; the log of the service says why');
}

function isFrameworkError(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}
