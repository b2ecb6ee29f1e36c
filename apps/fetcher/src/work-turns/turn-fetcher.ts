import type {
  FetchOutcome,
  FetchRequest,
  MayFollow,
  RedirectedElsewhere,
} from '@broadsheet/http-client';
import type { HostLease, OnwardRecord } from '@broadsheet/persistence';
import { freeAfter, type HostTurn, type Surroundings } from './surroundings.ts';

/** What a turn asks for, and whose turn it is. */
export interface TurnRequest
  extends
    Omit<FetchRequest, 'deadlineMs' | 'followed' | 'maxRedirects'>,
    Pick<OnwardRecord, 'work' | 'id'> {}

interface Client {
  fetch(request: FetchRequest, mayFollow: MayFollow): Promise<FetchOutcome | RedirectedElsewhere>;
}

interface OnwardJournal {
  sendOn(lease: HostLease, onward: OnwardRecord, freeAt: Date): Promise<void>;
}

/** Fetches within the turn of one host: a redirect that leads beyond it waits there for another turn. */
export class TurnFetcher {
  constructor(
    private readonly client: Client,
    private readonly journal: OnwardJournal,
    private readonly surroundings: Pick<Surroundings, 'nowMs' | 'timeoutMs'>,
  ) {}

  /** Null where the work was sent on, and the turn is at an end. */
  async fetch(turn: HostTurn, { work, id, ...wanted }: TurnRequest): Promise<FetchOutcome | null> {
    const { nowMs, timeoutMs } = this.surroundings;
    const request = { ...wanted, deadlineMs: timeoutMs, followed: turn.followed };
    const outcome = await this.client.fetch(request, turn.mayFollow);
    if (outcome.kind !== 'redirected') return outcome;
    const { url, redirects } = outcome;
    const atMs = nowMs();
    const onward = { work, id, url, redirects, at: new Date(atMs) };
    await this.journal.sendOn(turn, onward, freeAfter(turn, atMs));
    return null;
  }
}
