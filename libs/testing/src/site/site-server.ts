import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

/** What a site was asked for; in the order of arrival. */
export interface SiteRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly atMs: number;
}

/** What a site says to a path: fixed content, or whatever it wants to do to the response. */
export type SiteAnswer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
    }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** A web site on loopback that remembers every request; unknown paths are answered 404. */
export class SiteServer {
  readonly requests: SiteRequest[] = [];
  private readonly answers = new Map<string, SiteAnswer>();

  private constructor(
    private readonly server: Server,
    /** `http://127.0.0.1:port` */
    readonly origin: string,
  ) {}

  static async start(): Promise<SiteServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the site has no port');
    const site = new SiteServer(server, `http://127.0.0.1:${address.port}`);
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
    const answer = this.answers.get(path) ?? { status: 404 };
    if (typeof answer === 'function') {
      answer(request, response);
      return;
    }
    response.writeHead(answer.status ?? 200, answer.headers);
    response.end(answer.body);
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

/** Sends bytes for ever, one piece per interval, until the client goes. */
export function endlessAnswer(piece: Buffer, intervalMs: number): SiteAnswer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const timer = setInterval(() => response.write(piece), intervalMs);
    response.on('close', () => clearInterval(timer));
  };
}
