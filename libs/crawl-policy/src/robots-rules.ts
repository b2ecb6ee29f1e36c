import { decodeBytes } from '@broadsheet/text';
import robotsParser from 'robots-parser';

/** What lies beyond is not read (RFC 9309 §2.5 asks for at least 500 KiB). */
const MAX_ROBOTS_BYTES = 500 * 1024;
/** Longer rules match nothing that could be fetched: addresses have at most 2,000 bytes. */
const MAX_LINE_LENGTH = 2_100;
/**
 * Characters of all rules with wildcards for this crawler together. The time to match one grows with its length
 * times that of the address; a file of nothing else would cost seconds for every page.
 */
const MAX_WILDCARD_CHARACTERS = 30_000;
const MAX_SITEMAPS = 200;
const ROBOTS_PATH = '/robots.txt';

/** The package is CommonJS, its types speak of an ES module: what they call the default is the function. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

/** One host's rules for one crawler. */
export interface RobotsRules {
  /** Whether the address, absolute and of this origin, may be fetched. */
  allows(url: string): boolean;
  /** Crawl-delay as the file says it; null where it says none that makes sense. */
  readonly delaySeconds: number | null;
  /** Absolute addresses of the sitemaps that the file names. */
  readonly sitemaps: readonly string[];
}

/** The file as text, without what lies beyond 500 KiB. */
export function decodeRobots(bytes: Uint8Array): string {
  const head = bytes.subarray(0, MAX_ROBOTS_BYTES);
  return decodeBytes(head, { charset: null, kind: 'text' }).text;
}

const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;
const AGENT_LINE = /^\s{0,100}user-agent\s{0,100}:\s{0,100}([^\s#/]{0,200})/i;
const RULE_LINE = /^\s{0,100}(?:dis)?allow\b/i;

/** Drops what only serves to make matching slow: of the rules for `agent`, and of no others. */
function boundedLines(text: string, agent: string): string {
  const own = new Set(['*', agent.toLowerCase()]);
  let wildcardCharacters = 0;
  let isOwnGroup = false;
  let isNaming = false;
  const isAffordable = (line: string): boolean => {
    if (line.length > MAX_LINE_LENGTH) return false;
    const named = AGENT_LINE.exec(line)?.[1];
    if (named !== undefined) {
      isOwnGroup = own.has(named.toLowerCase()) || (isNaming && isOwnGroup);
      isNaming = true;
      return true;
    }
    if (!RULE_LINE.test(line)) return true;
    isNaming = false;
    if (isOwnGroup && line.includes('*')) wildcardCharacters += line.length;
    return wildcardCharacters <= MAX_WILDCARD_CHARACTERS;
  };
  const lines = text.slice(0, MAX_ROBOTS_BYTES).split(/\r\n|\r|\n/);
  return lines.filter(isAffordable).join('\n');
}

function sitemapsOf(found: readonly string[], origin: string): readonly string[] {
  const absolute = found
    .filter((address) => URL.canParse(address, origin))
    .map((address) => {
      const url = new URL(address, origin);
      url.hash = '';
      return url;
    })
    .filter(({ protocol }) => protocol === 'http:' || protocol === 'https:');
  return [...new Set(absolute.map((url) => url.href))].slice(0, MAX_SITEMAPS);
}

/**
 * Reads a robots.txt (RFC 9309).
 * @param agent product name of the crawler, without version
 * @param origin scheme and host that the file was asked of
 */
export function readRobots(text: string, agent: string, origin: string): RobotsRules {
  const rules = boundedLines(text.replace(CONTROL, ''), agent);
  const parser = parseRobots(`${origin}${ROBOTS_PATH}`, rules);
  const delay = parser.getCrawlDelay(agent);
  return {
    allows: (url) =>
      new URL(url).pathname === ROBOTS_PATH || (parser.isAllowed(url, agent) ?? true),
    delaySeconds: delay !== undefined && Number.isFinite(delay) && delay >= 0 ? delay : null,
    sitemaps: sitemapsOf(parser.getSitemaps(), origin),
  };
}
