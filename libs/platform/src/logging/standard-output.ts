import type { DestinationStream } from 'pino';

/**
 * Standard output, written before the call returns (Node does so with files, pipes and terminals).
 * Whoever read it may be gone, a killed launcher for one; then lines are dropped. Pino's own stream
 * tries a broken pipe again for ever when it flushes, and the process would never end.
 */
export function standardOutput(): DestinationStream {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(dropLine)) stream.on('error', dropLine);
  }
  return { write: (line) => void process.stdout.write(line) };
}

function dropLine(): void {
  // There is nowhere left to say it.
}
