import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { giveAnswer, type SiteAnswer } from './site-answer.ts';

/** What a site was asked for; in the order of arrival. */
export interface SiteRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly atMs: number;
}

/** A web site on loopback that remembers every request; unknown paths are answered 404. */
export class SiteServer {
  readonly requests: SiteRequest[] = [];
  private readonly answers = new Map<string, SiteAnswer>();

  private constructor(
    private readonly server: Server,
    /** `http://address:port` */
    readonly origin: string,
  ) {}

  static async start({ address = '127.0.0.1', port = 0 } = {}): Promise<SiteServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the site has no port');
    const site = new SiteServer(server, `http://${address}:${bound.port}`);
    server.on('request', (request, response) => site.answer(request, response));
    return site;
  }

  /** Sets or replaces the answer to a path. */
  on(path: string, answer: SiteAnswer): void {
    this.answers.set(path, answer);
  }

  requestsFor(path: string): readonly SiteRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    this.requests.push({ path, headers: request.headers, atMs: Date.now() });
    giveAnswer(this.answers.get(path) ?? { status: 404 }, request, response);
  }
}

/** Answers a request whose validators match with 304, any other with the content. */
export function conditionalAnswer(
  etag: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): SiteAnswer {
  return (request, response) => {
    const isKnown = request.headers['if-none-match'] === etag;
    response.writeHead(isKnown ? 304 : 200, { ...headers, etag });
    response.end(isKnown ? undefined : body);
  };
}
