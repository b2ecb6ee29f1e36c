interface LooseLink {
  readonly href?: string | undefined;
  readonly rel?: string | undefined;
  readonly type?: string | undefined;
}

function isAlternate(link: LooseLink): boolean {
  return link.rel === undefined || link.rel === '' || link.rel === 'alternate';
}

/** The page that an Atom feed or entry stands for; HTML before other forms of it. */
export function alternateLink(links: readonly LooseLink[] | undefined): string | undefined {
  const alternates = (links ?? []).filter((link) => isAlternate(link) && link.href !== undefined);
  const page = alternates.find((link) => link.type === undefined || link.type.includes('html'));
  return (page ?? alternates[0])?.href;
}
