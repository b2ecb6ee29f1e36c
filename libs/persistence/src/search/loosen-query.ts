/**
 * A tsquery that the text index answers alone: it knows neither positions nor weights, so side by side
 * becomes "both there", and `:A` anywhere. Where something is excluded a looser query would find less, so
 * such a query stays as it is.
 *
 * @param query as Postgres writes a tsquery: lexemes in single quotes, quotes in them doubled
 */
export function loosenQuery(query: string): string {
  const parts = query.split(/('(?:[^'\\]|''|\\.)*')/s);
  const operators = parts.filter((_, index) => index % 2 === 0);
  if (operators.some((part) => part.includes('!'))) return query;
  return parts
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/<(?:-|\d+)>/g, '&').replace(/:(\*?)[A-D]+/g, flagOf),
    )
    .join('');
}

function flagOf(_match: string, prefix: string): string {
  return prefix === '' ? '' : ':*';
}
