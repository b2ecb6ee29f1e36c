import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { Problem, type ProblemPart } from './problem.errors.ts';

type Issue = NonNullable<
  Extract<
    Awaited<ReturnType<NonNullable<ArgumentMetadata['schema']>['~standard']['validate']>>,
    { issues: readonly unknown[] }
  >['issues']
>[number];

const MAX_REPORTED = 20;

/** Validates what a route declares with a schema; a failure names the parameter and says what is wrong. */
export class SchemaPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.schema === undefined) return value;
    const result = await metadata.schema['~standard'].validate(value);
    if (result.issues === undefined) return result.value;
    throw toProblem(result.issues, metadata);
  }
}

function toProblem(issues: readonly Issue[], { type, data }: ArgumentMetadata): Problem {
  const place = type === 'query' ? 'query' : type === 'param' ? 'path' : 'body';
  const unknown = issues.flatMap((issue) => unknownKeysOf(issue));
  const errors = issues.flatMap((issue) => partsOf(issue, place, data)).slice(0, MAX_REPORTED);
  if (place === 'body') {
    return new Problem(422, 'BODY_INVALID', 'the body is not of the documented form', { errors });
  }
  if (unknown.length > 0) {
    const detail = 'the route does not know every parameter it was given';
    return new Problem(400, 'PARAMETER_UNKNOWN', detail, { errors });
  }
  return new Problem(400, 'PARAMETER_INVALID', 'a parameter is not of its documented form', {
    errors,
  });
}

function partsOf(issue: Issue, place: ProblemPart['in'], name = ''): readonly ProblemPart[] {
  const unknown = unknownKeysOf(issue);
  if (unknown.length > 0) {
    return unknown.map((key) => ({ in: place, name: key, detail: 'is not known here' }));
  }
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return [{ in: place, name: [name, ...path].filter(Boolean).join('.'), detail: issue.message }];
}

function unknownKeysOf(issue: Issue): readonly string[] {
  const isUnknown = 'code' in issue && issue.code === 'unrecognized_keys' && 'keys' in issue;
  return isUnknown && Array.isArray(issue.keys)
    ? issue.keys.map((key) => String(key).slice(0, 100))
    : [];
}
