import type { FollowedRedirect } from '@broadsheet/http-client';
import { z } from 'zod';

const Followed = z.array(z.object({ status: z.int(), to: z.url() }));

/** The redirects that led to a turn; a row that cannot be read begins again at its own address. */
export function readFollowed(stored: unknown): readonly FollowedRedirect[] {
  return Followed.safeParse(stored).data ?? [];
}
