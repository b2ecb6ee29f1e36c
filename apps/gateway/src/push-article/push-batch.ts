import { type InputLine, readLines } from './read-lines.ts';
import type { PushOutcome } from './push-article.handler.ts';
import type { PushedBody } from './prepare-push.ts';

export type PushAll = (pushes: readonly PushedBody[]) => Promise<readonly PushOutcome[]>;

const MAX_LINES_IN_HAND = 2_000;
/** Of one batch. */
export const MAX_BYTES_IN_HAND = 16 * 1024 * 1024;
const MAX_GROUPS_IN_HAND = 8;

interface Group {
  readonly lines: number;
  readonly bytes: number;
  readonly results: Promise<string>;
}

/**
 * NDJSON in, NDJSON out: one result for each line, in order, as soon as it is known. Several groups of
 * lines are with the broker at once; reading goes on only while little enough is in hand.
 */
export async function* pushBatch(
  source: AsyncIterable<Buffer>,
  maxLineBytes: number,
  push: PushAll,
): AsyncGenerator<string> {
  const inHand: Group[] = [];
  const groups = readLines(source, maxLineBytes);
  let reading: Promise<IteratorResult<readonly InputLine[]>> | null = null;
  for (;;) {
    const oldest = inHand[0];
    if (oldest !== undefined && isFull(inHand)) {
      yield await oldest.results;
      inHand.shift();
      continue;
    }
    reading ??= groups.next();
    const first = await Promise.race([reading, ...(oldest === undefined ? [] : [oldest.results])]);
    if (typeof first === 'string') {
      yield first;
      inHand.shift();
    } else if (first.done === true) {
      break;
    } else {
      reading = null;
      inHand.push(startGroup(first.value, push));
    }
  }
  for (const group of inHand) yield await group.results;
}

function isFull(groups: readonly Group[]): boolean {
  const lines = groups.reduce((sum, group) => sum + group.lines, 0);
  const bytes = groups.reduce((sum, group) => sum + group.bytes, 0);
  return (
    groups.length >= MAX_GROUPS_IN_HAND || lines >= MAX_LINES_IN_HAND || bytes >= MAX_BYTES_IN_HAND
  );
}

function startGroup(lines: readonly InputLine[], push: PushAll): Group {
  const bytes = lines.reduce(
    (sum, line) => sum + (line.kind === 'line' ? line.bytes.byteLength : 0),
    0,
  );
  const results = pushLines(lines, push);
  // A sender that goes away leaves groups behind that nobody awaits any more.
  results.catch(() => undefined);
  return { lines: lines.length, bytes, results };
}

async function pushLines(lines: readonly InputLine[], push: PushAll): Promise<string> {
  const pushes = lines.flatMap((line) => (line.kind === 'line' ? [toPush(line.bytes)] : []));
  const outcomes = await push(pushes);
  let next = 0;
  return lines
    .map((line) => toResult(line, line.kind === 'line' ? outcomes[next++] : undefined))
    .map((result) => `${JSON.stringify(result)}\n`)
    .join('');
}

function toPush(bytes: Buffer): PushedBody {
  return { body: bytes, contentType: 'application/json', url: null, traceparent: null };
}

function toResult(line: InputLine, outcome: PushOutcome | undefined): object {
  const { kind, number } = line;
  if (kind === 'overlong') return rejected(number, 'TOO_LARGE', 'the line is too long');
  if (kind === 'unreadable' || outcome === undefined) {
    return rejected(number, 'BODY_INCOMPLETE', 'the body could not be read any further');
  }
  switch (outcome.kind) {
    case 'accepted': {
      const { id, url, trail } = outcome;
      return { line: number, status: 'accepted', id, url, trail };
    }
    case 'refused':
      return rejected(number, outcome.code, outcome.detail);
    case 'unavailable':
      return rejected(number, outcome.problem.code, outcome.problem.message);
  }
}

function rejected(line: number, code: string, detail: string): object {
  return { line, status: 'rejected', code, detail };
}
