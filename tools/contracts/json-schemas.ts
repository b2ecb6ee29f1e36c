import { ArticleIndexed, ParsedArticle, RawArticle, TrailEvent } from '@broadsheet/contracts';

const EVENTS = { RawArticle, ParsedArticle, ArticleIndexed, TrailEvent };
export type EventName = keyof typeof EVENTS;
export const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of one event with everything it refers to; members unknown to it are allowed. */
export function standaloneSchema(name: EventName): JsonSchema {
  return EVENTS[name].toJSONSchema({ target: 'draft-2020-12', io: 'input' });
}

/** The schemas of all events side by side, as `#/components/schemas` of an AsyncAPI document. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  const schemas: Record<string, JsonSchema> = {};
  for (const name of EVENT_NAMES) {
    const { definitions } = EVENTS[name].toJSONSchema({ target: 'draft-07', io: 'input' });
    for (const [id, definition] of Object.entries(definitions ?? {})) {
      schemas[id] = withReferencesTo('#/components/schemas/', definition) as JsonSchema;
    }
  }
  return schemas;
}

function withReferencesTo(prefix: string, node: unknown): unknown {
  if (Array.isArray(node)) return node.map((member) => withReferencesTo(prefix, member));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([name, member]: [string, unknown]) => {
    if (name === '$ref' && typeof member === 'string') {
      return [name, member.replace(/^#\/definitions\//, prefix)];
    }
    return [name, withReferencesTo(prefix, member)];
  });
  return Object.fromEntries(entries) as unknown;
}
