import { createServer, type Server, type Socket } from 'node:net';

/**
 * The web as the fetcher's benchmark sees it, in a process of its own: many hosts on loopback addresses that
 * serve ready bytes, and a log of who was asked when. Started with a SiteOrder; answers each SiteQuestion.
 */
export interface SiteOrder {
  readonly hosts: number;
  readonly pagesPerHost: number;
  readonly pageBytes: number;
}

export interface SiteQuestion {
  /** Requests before this one are left out. */
  readonly from: number;
  /** Paths that count begin with this. */
  readonly prefix: string;
  /** Only so many of them. */
  readonly count: number;
}

export interface SiteReport {
  readonly requests: number;
  readonly counted: number;
  readonly notModified: number;
  /** Between the first and the last that counted. */
  readonly spanMs: number;
  /** Shortest time between two requests to one host, since the start. */
  readonly shortestGapMs: number;
}

interface Logged {
  readonly path: string;
  readonly isNotModified: boolean;
  readonly atMs: number;
}

const HOSTS_PER_NET = 250;
const MAX_HEAD = 16 * 1024;
const ETAG = '"1"';
/** Of one entry that leads nowhere: polls are what is measured. */
const QUIET_FEED =
  '<rss version="2.0"><channel><title>Quiet</title><item><title>None</title></item></channel></rss>';

function answerOf(status: string, headers: string, body: string): Buffer {
  const length = Buffer.byteLength(body);
  return Buffer.from(`HTTP/1.1 ${status}\r\n${headers}content-length: ${length}\r\n\r\n${body}`);
}

function feedOf(pages: number): string {
  const items = Array.from(
    { length: pages },
    (_, page) => `<item><link>/story/${page}</link></item>`,
  );
  return `<rss version="2.0"><channel><title>Pages</title>${items.join('')}</channel></rss>`;
}

/** Words that do not repeat, so that the page compresses about as pages do. */
function pageOf(bytes: number): string {
  let seed = 1;
  let text = '';
  while (text.length < bytes - 200) {
    const words = Array.from({ length: 12 }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return (seed % 60_000).toString(36);
    });
    text += `<p class="text body">${words.join(' ')}. </p>\n`;
  }
  return `<!doctype html><html><head><title>A page</title></head><body><article>${text}</article></body></html>`;
}

const FEED_TYPE = `content-type: application/rss+xml\r\netag: ${ETAG}\r\n`;
const log: Logged[] = [];
const last = new Map<string, number>();
let shortestGapMs = Infinity;
const servers: Server[] = [];

function noteGap(host: string, atMs: number): void {
  const before = last.get(host);
  if (before !== undefined) shortestGapMs = Math.min(shortestGapMs, atMs - before);
  last.set(host, atMs);
}

function replies(order: SiteOrder) {
  const quiet = answerOf('200 OK', FEED_TYPE, QUIET_FEED);
  const notModified = Buffer.from(`HTTP/1.1 304 Not Modified\r\netag: ${ETAG}\r\n\r\n`);
  const feed = answerOf('200 OK', FEED_TYPE, feedOf(order.pagesPerHost));
  const page = answerOf('200 OK', 'content-type: text/html\r\n', pageOf(order.pageBytes));
  const missing = answerOf('404 Not Found', '', '');
  return (path: string, isConditional: boolean): Buffer => {
    if (path.startsWith('/feed/')) return isConditional ? notModified : quiet;
    if (path === '/pages') return feed;
    return path.startsWith('/story/') ? page : missing;
  };
}

/** Requests have no bodies here: a head ends with an empty line. */
function serve(host: string, socket: Socket, reply: ReturnType<typeof replies>): void {
  let head = '';
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    head += bytes.toString('latin1');
    if (head.length > MAX_HEAD) socket.destroy();
    for (let end = head.indexOf('\r\n\r\n'); end !== -1; end = head.indexOf('\r\n\r\n')) {
      const path = head.slice(0, end).split(' ', 2)[1] ?? '/';
      const isConditional = head.slice(0, end).includes(`if-none-match: ${ETAG}`);
      head = head.slice(end + 4);
      const atMs = performance.now();
      noteGap(host, atMs);
      log.push({ path, isNotModified: isConditional && path.startsWith('/feed/'), atMs });
      socket.write(reply(path, isConditional));
    }
  });
}

async function listen(order: SiteOrder): Promise<string[]> {
  const reply = replies(order);
  const hosts: string[] = [];
  let port = 0;
  for (let number = 0; number < order.hosts; number += 1) {
    const address = `127.7.${Math.floor(number / HOSTS_PER_NET)}.${(number % HOSTS_PER_NET) + 1}`;
    const server = createServer((socket) => serve(`${address}:${port}`, socket, reply));
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    const bound = server.address();
    port = typeof bound === 'object' && bound !== null ? bound.port : port;
    servers.push(server);
    hosts.push(`${address}:${port}`);
  }
  return hosts;
}

function report({ from, prefix, count }: SiteQuestion): SiteReport {
  const counted = log
    .slice(from)
    .filter(({ path }) => path.startsWith(prefix))
    .slice(0, count);
  return {
    requests: log.length,
    counted: counted.length,
    notModified: counted.filter(({ isNotModified }) => isNotModified).length,
    spanMs: (counted.at(-1)?.atMs ?? 0) - (counted[0]?.atMs ?? 0),
    shortestGapMs,
  };
}

process.on('message', (message: { order?: SiteOrder; question?: SiteQuestion }) => {
  if (message.order) void listen(message.order).then((hosts) => process.send?.({ hosts }));
  if (message.question) process.send?.({ report: report(message.question) });
});
process.on('disconnect', () => process.exit(0));
