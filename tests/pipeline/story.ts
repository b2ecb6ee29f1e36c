/** An article written for these tests; the serial makes its words findable and its content unlike any other. */
export interface Story {
  readonly serial: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly text: string;
}

export function story(serial: string): Story {
  const paragraphs = [
    `HARBOUR TOWN: The council of Harbour Town voted on Monday to rebuild the old ${serial} bridge, which has been closed to carts and cars since the flood two winters ago.`,
    'Eleven of the fifteen members were in favour, three against, and one did not vote. Work is to begin in the spring and to take about two years, the council said.',
    'The bridge will keep its five stone arches. A second lane for bicycles is to be added on the side of the river mouth, where the ground was found to be firm.',
  ];
  return {
    serial,
    title: `Council votes to rebuild the ${serial} bridge`,
    paragraphs,
    text: paragraphs.join('\n\n'),
  };
}

export function asAgencyText({ title, paragraphs }: Story): string {
  return `Tuesday, March 3, 2026\n\n${title}\n\n${paragraphs.join('\n\n')}\n\nRelated Articles\n`;
}

export function asPage({ title, paragraphs }: Story, charset = 'utf-8'): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="${charset}"><title>${title}</title>
<meta property="article:published_time" content="2026-03-03T08:15:00Z"></head>
<body><nav><a href="/">Front page</a> <a href="/town">Town</a></nav>
<main><article><h1>${title}</h1>
${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
</article></main><footer>All rights reserved</footer></body></html>`;
}
