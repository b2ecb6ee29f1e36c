/** A wall against programs stands before the site. */
export interface BotWall {
  readonly kind: 'bot-wall';
  readonly code: 'BOT_WALL';
  readonly retry: 'later';
  readonly detail: string;
}

export const BOT_WALL: BotWall = {
  kind: 'bot-wall',
  code: 'BOT_WALL',
  retry: 'later',
  detail: 'a wall against programs answered in place of the site',
};

/** Whoever knocks on a wall again soon is kept out for longer. */
export const BOT_WALL_PAUSE_MS = 3_600_000;
