import type { ExtractedImage } from '../extracted-article.ts';
import type { PageOptions } from '../extraction.ts';
import { isBox } from '../page/class-words.ts';
import { attribute, type PageNode, type PageTree } from '../page/page-tree.ts';
import { absoluteUrl } from '../page/web-address.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { isUntold, type Candidate, type Ladder } from './ladder.ts';
import { metaOf } from './page-meta.ts';

interface ImageSurroundings extends PageOptions {
  readonly container: PageNode;
}

const SMALLEST_SIDE = 150;
const NO_PICTURE = /avatar|author|byline|logo|icon|emoji|share|social|advert|sponsor/i;
const NO_PICTURE_FILE = /\.svg(?:[?#]|$)|(?:pixel|spacer|blank|avatar|logo|icon|emoji)/i;

export function pickImage(
  ladder: Ladder,
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { url, hints, container }: ImageSurroundings,
): ExtractedImage | null {
  const structured = jsonLd?.image ?? null;
  const candidates: readonly Candidate<ExtractedImage>[] = [
    { from: 'json-ld', value: structured && image(structured.url, url, structured) },
    { from: 'meta', value: metaImage(page, url) },
    { from: 'hints', value: image(hints.imageUrl ?? null, url, {}) },
  ];
  const shown: readonly Candidate<ExtractedImage>[] = isUntold(candidates)
    ? [{ from: 'visible', value: shownImage(container, url) }]
    : [];
  return ladder.pick('image', [...candidates, ...shown], (value) => value.url);
}

/** The first picture in the story that is no icon, no portrait of its author and no advertisement. */
function shownImage(container: PageNode, base: string | null): ExtractedImage | null {
  for (const kid of container.kids) {
    if (typeof kid === 'string' || isBox(kid) || NO_PICTURE.test(kid.names)) continue;
    const found = kid.tag === 'img' ? pictureOf(kid, base) : shownImage(kid, base);
    if (found !== null) return found;
  }
  return null;
}

function pictureOf(node: PageNode, base: string | null): ExtractedImage | null {
  const size = (name: string): number => Number.parseInt(attribute(node, name) ?? '', 10);
  const [width, height] = [size('width'), size('height')];
  if (width < SMALLEST_SIDE || height < SMALLEST_SIDE) return null;
  const facts = { width: width || null, height: height || null, alt: attribute(node, 'alt') };
  for (const name of ['data-src', 'src']) {
    const address = attribute(node, name);
    if (address !== null && NO_PICTURE_FILE.test(address)) return null;
    const found = image(address, base, facts);
    if (found !== null) return found;
  }
  return null;
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
