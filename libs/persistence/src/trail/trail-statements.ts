import type { TrailEvent } from '@broadsheet/contracts';
import { storable, storableJson } from '../database/storable-values.ts';
import {
  type BulkColumn,
  columnNames,
  incomingValues,
  unnested,
} from '../database/bulk-statement.ts';

export const TRAIL_COLUMNS: readonly BulkColumn<TrailEvent>[] = [
  { name: 'id', sentAs: 'uuid', value: ({ id }) => id },
  { name: 'subject', sentAs: 'uuid', value: ({ subject }) => subject },
  { name: 'step', sentAs: 'text', value: ({ step }) => step },
  { name: 'service', sentAs: 'text', value: ({ service }) => service },
  { name: 'at', sentAs: 'timestamptz', value: ({ at }) => at },
  { name: 'url', sentAs: 'text', value: ({ url }) => storable(url) },
  { name: 'record', sentAs: 'text', value: ({ record }) => storable(record) },
  { name: 'article_id', sentAs: 'uuid', value: ({ articleId }) => articleId },
  { name: 'code', sentAs: 'text', value: ({ code }) => storable(code) },
  { name: 'detail', sentAs: 'jsonb', value: ({ detail }) => storableJson(detail) },
];

/** A step's id is made from what it tells, so the one that is there already says the same. */
export const INSERT_TRAIL = `
INSERT INTO trail (${columnNames(TRAIL_COLUMNS)})
SELECT ${incomingValues(TRAIL_COLUMNS)} FROM ${unnested(TRAIL_COLUMNS)}
ON CONFLICT (id) DO NOTHING`;
