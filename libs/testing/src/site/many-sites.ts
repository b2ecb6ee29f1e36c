import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { giveAnswer, type SiteAnswer } from './site-answer.ts';

/** A request as the server saw it. */
export interface LoggedRequest {
  /** Address and port that it was sent to. */
  readonly host: string;
  readonly path: string;
  /** 0 where the answer did as it liked with the response. */
  readonly status: number;
  readonly atMs: number;
}

type Respond = (host: string, path: string, headers: IncomingHttpHeaders) => SiteAnswer;

/** More than fits into one octet is not needed: 250 times 250 hosts. */
const HOSTS_PER_NET = 250;

function loopbackAddress(number: number): string {
  return `127.7.${Math.floor(number / HOSTS_PER_NET)}.${(number % HOSTS_PER_NET) + 1}`;
}

/** Many web sites, each on a loopback address of its own (127.7.x.y) and the same port, with one log. */
export class ManySites {
  readonly log: LoggedRequest[] = [];
  readonly hosts: string[] = [];
  private readonly servers: Server[] = [];

  private constructor(private readonly respond: Respond) {}

  static async start(count: number, respond: Respond): Promise<ManySites> {
    const sites = new ManySites(respond);
    let port = 0;
    for (let number = 0; number < count; number += 1) {
      port = await sites.listen(loopbackAddress(number), port);
    }
    return sites;
  }

  /** Shortest time between two requests to one host; Infinity where no host had two. */
  shortestGapMs(): number {
    const last = new Map<string, number>();
    let shortest = Infinity;
    for (const { host, atMs } of this.log) {
      const before = last.get(host);
      if (before !== undefined) shortest = Math.min(shortest, atMs - before);
      last.set(host, atMs);
    }
    return shortest;
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.servers.map((server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        return closed;
      }),
    );
  }

  private async listen(address: string, port: number): Promise<number> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      const atMs = performance.now();
      const status = giveAnswer(this.respond(host, path, request.headers), request, response);
      this.log.push({ host, path, status, atMs });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
    const bound = (server.address() as AddressInfo).port;
    const host = `${address}:${bound}`;
    this.hosts.push(host);
    this.servers.push(server);
    return bound;
  }
}
