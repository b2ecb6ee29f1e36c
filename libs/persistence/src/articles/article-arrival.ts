import type { ArticleIndexed, ParsedArticle } from '@broadsheet/contracts';

/** What the search vector is made from: words separated by blanks, also in scripts that have none. */
export interface SearchText {
  readonly title: string;
  readonly description: string;
  readonly body: string;
}

/** A parsed article on its way into the store. */
export interface ArticleArrival {
  readonly article: ParsedArticle;
  readonly search: SearchText;
}

/** Applied (or already known from the same cause), and what is to be published about it. */
interface AppliedArrival {
  readonly outcome: 'applied';
  readonly event: ArticleIndexed;
}

/** The database refuses the data of this one arrival; its neighbours are written. */
interface RefusedArrival {
  readonly outcome: 'refused';
  readonly error: Error;
}

export type ArrivalOutcome = AppliedArrival | RefusedArrival;
