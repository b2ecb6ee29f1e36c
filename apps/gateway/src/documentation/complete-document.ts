import {
  ArticleFields,
  ArticleHints,
  ArticleImage,
  ArticleSource,
  FieldProvenance,
  RawArticle,
} from '@broadsheet/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { problemResponse } from '../http/api-problems.decorator.ts';
import { ExportedArticle } from '../export-articles/exported-article.ts';
import { BatchResult } from '../push-article/answer-batch.ts';
import { ProblemDocument } from '../http/problem-document.ts';
import { PROBE_PATHS } from './probe-paths.ts';

type Paths = OpenAPIObject['paths'];
type PathItem = Paths[string];
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const READING = ['get'] as const;
const WRITING = ['post', 'put', 'patch', 'delete'] as const;
/** Whatever is asked: wrong addresses, foreign hosts, and what nobody has thought of. */
const ANYWHERE = [400, 421, 431, 500] as const;
/** Pages of other origins may not write, and a body has to be of a type that is read. */
const WHERE_WRITTEN = [403, 408, 413, 415] as const;

/** Referred to by their names, where a route describes its answer or its body by hand. */
const NAMED = [
  ProblemDocument,
  RawArticle,
  ArticleSource,
  ArticleFields,
  ArticleHints,
  ArticleImage,
  FieldProvenance,
  ExportedArticle,
  BatchResult,
] as const;

/** Adds what every route may answer, the probes, and the schemas that are referred to by name alone. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const own = Object.entries(document.paths).filter(([path]) => !(path in PROBE_PATHS));
  const completed = own.map(([path, item]) => [path, withCommonProblems(item)] as const);
  return {
    ...document,
    paths: { ...Object.fromEntries(completed), ...PROBE_PATHS },
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, ...namedSchemas() },
    },
  };
}

function withCommonProblems(item: PathItem): PathItem {
  const completed = { ...item };
  for (const method of [...READING, ...WRITING]) {
    const operation = item[method];
    if (operation === undefined) continue;
    const statuses = method === 'get' ? ANYWHERE : [...ANYWHERE, ...WHERE_WRITTEN];
    const common = statuses.map((status) => [String(status), problemResponse(status)] as const);
    const responses = { ...Object.fromEntries(common), ...operation.responses };
    completed[method] = { ...operation, responses };
  }
  return completed;
}

function namedSchemas(): Schemas {
  const registry = z.registry<{ id: string }>();
  for (const schema of NAMED) {
    registry.add(schema, { id: String(schema.meta()?.id) });
  }
  const { schemas } = z.toJSONSchema(registry, {
    target: 'openapi-3.0',
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
  });
  const named = Object.entries(schemas).map(([name, { $id: _address, ...schema }]) => [
    name,
    schema,
  ]);
  return Object.fromEntries(named) as Schemas;
}
