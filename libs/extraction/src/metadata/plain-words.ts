import { Parser } from 'htmlparser2';

const MAX_MARKUP_LENGTH = 200_000;

/** The words of a value that may hold entities or tags, on one line. */
export function plainWords(value: string): string {
  return plainLines(value).replace(/\s+/gu, ' ').trim();
}

/** The same with line ends kept, and put where a tag ends a paragraph. */
export function plainLines(value: string): string {
  if (!/[&<]/.test(value)) return value;
  const parts: string[] = [];
  const parser = new Parser({
    ontext: (text) => parts.push(text),
    onclosetag: (name) => {
      if (/^(?:p|div|li|br|h[1-6])$/.test(name)) parts.push('\n');
    },
  });
  parser.end(value.slice(0, MAX_MARKUP_LENGTH));
  return parts.join('');
}
