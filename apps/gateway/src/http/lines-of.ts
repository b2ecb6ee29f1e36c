/** How NDJSON is documented: OpenAPI 3.0 knows no schema of a line, so it is that of all lines. */
export function linesOf(schemaName: string) {
  const items = { $ref: `#/components/schemas/${schemaName}` };
  return { schema: { type: 'array', items, description: 'one item a line' } } as const;
}
