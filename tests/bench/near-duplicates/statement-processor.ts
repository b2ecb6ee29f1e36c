import { readFileSync } from 'node:fs';
import type { Pool } from '@broadsheet/persistence';

interface WatchedClient {
  readonly processID?: number;
  query(...given: unknown[]): Promise<unknown>;
}

/** Adds up the processor time that the backends of a pool spend on each statement, in milliseconds. */
export class StatementProcessor {
  private readonly byStatement = new Map<string, number>();

  /** Before the pool has made a connection. */
  watch(pool: Pool): void {
    pool.on('connect', (connected) => {
      const client = connected as unknown as WatchedClient;
      const send = client.query.bind(client);
      client.query = async (...given) => {
        const before = runMilliseconds(client.processID);
        const answer = await send(...given);
        const spent = runMilliseconds(client.processID) - before;
        const text = typeof given[0] === 'string' ? given[0] : '';
        this.byStatement.set(text, (this.byStatement.get(text) ?? 0) + spent);
        return answer;
      };
    });
  }

  reset(): void {
    this.byStatement.clear();
  }

  /** Of the statements that match, or of all. */
  milliseconds(pattern = /(?:)/): number {
    let total = 0;
    for (const [text, spent] of this.byStatement) if (pattern.test(text)) total += spent;
    return total;
  }
}

/** The first field of /proc/<pid>/schedstat (proc(5)): nanoseconds on a processor. NaN for a server elsewhere. */
function runMilliseconds(pid: number | undefined): number {
  try {
    const name = readFileSync(`/proc/${pid ?? 0}/comm`, 'utf8');
    const [nanoseconds] = readFileSync(`/proc/${pid ?? 0}/schedstat`, 'utf8').split(' ');
    return name.startsWith('postgres') ? Number(nanoseconds) / 1e6 : Number.NaN;
  } catch {
    return Number.NaN;
  }
}
