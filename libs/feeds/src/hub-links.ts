import { resolveAddress, type BaseAddress } from './base-address.ts';

/** A WebSub hub that pushes a feed, and the name that it knows the feed by. Both addresses are absolute. */
export interface HubLink {
  readonly url: string;
  readonly topic: string;
}

interface RelatedLink {
  readonly href?: string | undefined;
  readonly rel?: string | undefined;
}

const MAX_HEADER_LENGTH = 8_000;
const MAX_ADDRESS_LENGTH = 2_000;
const LINK = /<([^<>]{1,2000})>([^<]{0,1000})/g;
const RELATIONS = /;\s*rel\s*=\s*(?:"([^"]{0,200})"|([^\s;,"]{1,100}))/i;

function linksOfHeader(header: string): readonly RelatedLink[] {
  return [...header.slice(0, MAX_HEADER_LENGTH).matchAll(LINK)].map(([, href, parameters]) => {
    const relations = RELATIONS.exec(parameters ?? '');
    return { href, rel: relations?.[1] ?? relations?.[2] };
  });
}

function hrefOf(links: readonly RelatedLink[], relation: string): string | undefined {
  return links.find(({ rel }) => rel?.toLowerCase().split(/\s+/).includes(relation))?.href;
}

function webAddress(href: string | undefined, base: BaseAddress): string | null {
  if (href === undefined) return null;
  const address = resolveAddress(href.trim(), base);
  if (!URL.canParse(address) || address.length > MAX_ADDRESS_LENGTH) return null;
  return /^https?:$/.test(new URL(address).protocol) ? address : null;
}

/** What the links of a feed's response (RFC 8288) and, failing that, of the feed itself say of its hub. */
export function findHub(
  links: readonly RelatedLink[],
  transport: { readonly url: string | null; readonly link?: string | null | undefined },
): HubLink | null {
  const ofHeader = linksOfHeader(transport.link ?? '');
  const url = webAddress(hrefOf(ofHeader, 'hub') ?? hrefOf(links, 'hub'), transport.url);
  const self = hrefOf(ofHeader, 'self') ?? hrefOf(links, 'self');
  const topic = webAddress(self, transport.url) ?? transport.url;
  return url === null || topic === null ? null : { url, topic };
}
