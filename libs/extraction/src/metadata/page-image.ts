import type { ExtractedImage } from '../extracted-article.ts';
import type { PageOptions } from '../extraction.ts';
import type { PageTree } from '../page/page-tree.ts';
import { absoluteUrl } from '../page/web-address.ts';
import type { JsonLdArticle } from './json-ld.ts';
import type { Candidate, Ladder } from './ladder.ts';
import { metaOf } from './page-meta.ts';

export function pickImage(
  ladder: Ladder,
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { url, hints }: PageOptions,
): ExtractedImage | null {
  const structured = jsonLd?.image ?? null;
  const candidates: readonly Candidate<ExtractedImage>[] = [
    { from: 'json-ld', value: structured && image(structured.url, url, structured) },
    { from: 'meta', value: metaImage(page, url) },
    { from: 'hints', value: image(hints.imageUrl ?? null, url, {}) },
  ];
  return ladder.pick('image', candidates, (value) => value.url);
}

function metaImage(page: PageTree, url: string | null): ExtractedImage | null {
  const address = metaOf(
    page,
    'og:image',
    'og:image:url',
    'og:image:secure_url',
    'twitter:image',
    'twitter:image:src',
  );
  const size = (name: string): number | null => {
    const value = Number.parseInt(metaOf(page, name) ?? '', 10);
    return value > 0 && value < 100_000 ? value : null;
  };
  return image(address, url, {
    width: size('og:image:width'),
    height: size('og:image:height'),
    alt: metaOf(page, 'og:image:alt', 'twitter:image:alt'),
  });
}

interface ImageFacts {
  readonly width?: number | null;
  readonly height?: number | null;
  readonly alt?: string | null;
}

function image(
  address: string | null,
  base: string | null,
  facts: ImageFacts,
): ExtractedImage | null {
  const url = address === null ? null : absoluteUrl(address, base);
  if (url === null) return null;
  const { width, height, alt } = facts;
  return {
    url,
    ...(typeof width === 'number' ? { width } : {}),
    ...(typeof height === 'number' ? { height } : {}),
    ...(typeof alt === 'string' ? { alt: alt.slice(0, 1_000) } : {}),
  };
}
