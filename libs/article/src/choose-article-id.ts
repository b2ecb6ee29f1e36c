import { addressId, contentId } from './article-id.ts';
import { readAddress } from './read-address.ts';
import { registrableDomain } from './registrable-domain.ts';
import { isHomePage } from './url-key.ts';

export interface IdentityInput {
  readonly pushedUrl: string | null;
  /** As the page declares it, absolute; not yet believed. */
  readonly canonicalUrl: string | null;
  /** The decoded input, which names what has no address. */
  readonly text: string;
}

export interface ArticleAddress {
  readonly addressId: string;
  readonly url: string;
}

export interface ArticleIdentity {
  readonly id: string;
  /** Where the article was pushed from; the believed canonical address where none was given. */
  readonly url: string | null;
  /** Null where the page declares none that is credible. */
  readonly canonicalUrl: string | null;
  readonly addresses: readonly ArticleAddress[];
}

function addressOf(url: string | null): ArticleAddress | null {
  const address = url === null ? null : readAddress(url);
  const id = address === null ? null : addressId(address.href);
  return address === null || id === null ? null : { addressId: id, url: address.href };
}

/** A page may only speak for its own site, and a front page is nobody's article. */
function isCredible(canonical: ArticleAddress, pushed: ArticleAddress | null): boolean {
  return (
    !isHomePage(canonical.url) &&
    (pushed === null || registrableDomain(canonical.url) === registrableDomain(pushed.url))
  );
}

/**
 * The one place that decides which article an input is: the credible canonical address, else the pushed
 * one, else the content. A page without address but with a canonical one keeps its content id as a
 * second address, because that is what the push was answered with.
 */
export function chooseArticleId(input: IdentityInput): ArticleIdentity {
  const pushed = addressOf(input.pushedUrl);
  const declared = addressOf(input.canonicalUrl);
  const canonical = declared && isCredible(declared, pushed) ? declared : null;
  if (canonical) return identityOf(canonical, pushed ?? contentAddress(input.text, canonical.url));
  const id = pushed?.addressId ?? contentId(input.text);
  return { id, url: pushed?.url ?? null, canonicalUrl: null, addresses: pushed ? [pushed] : [] };
}

function contentAddress(text: string, url: string): ArticleAddress {
  return { addressId: contentId(text), url };
}

function identityOf(canonical: ArticleAddress, other: ArticleAddress): ArticleIdentity {
  const isSame = other.addressId === canonical.addressId;
  return {
    id: canonical.addressId,
    url: other.url,
    canonicalUrl: canonical.url,
    addresses: isSame ? [canonical] : [canonical, other],
  };
}
