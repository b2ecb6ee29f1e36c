const MAX_LENGTH = 300;

/**
 * The line that most likely says why a program ended: the last one that begins with the name of an error, as stack
 * traces do, else the last one at all. Empty when there is none.
 */
export function lastWords(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((one) => /^\w*(Error|Exception)\b/.test(one)) ?? lines.at(-1) ?? '';
  return line.trim().slice(0, MAX_LENGTH);
}
