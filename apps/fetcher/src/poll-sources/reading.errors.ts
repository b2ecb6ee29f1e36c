/** The machine had no processor for a document. */
export class ReadingStarved extends Error {
  override readonly name = 'ReadingStarved';
  readonly code = 'READING_STARVED';
  readonly retry = 'later';
}
