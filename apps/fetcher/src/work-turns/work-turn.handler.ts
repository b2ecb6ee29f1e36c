import type { FetchTurn, HostLease, PageRecord } from '@broadsheet/persistence';
import type { RobotsJudgement } from '../obey-robots/robots-gate.ts';
import type { RobotsRefusal } from '../obey-robots/robots-refusal.ts';
import { readFollowed } from './followed-redirects.ts';
import type { HostTurn } from './surroundings.ts';

type Work<Kind extends FetchTurn['kind']> = Extract<FetchTurn, { kind: Kind }>;

export interface RobotsAdvice {
  judge(url: string): Promise<RobotsJudgement | null>;
  ask(url: string, signal: AbortSignal): Promise<number>;
}

/** One kind of work; `refuse` ends it without a request. */
interface TurnWorker<Task> {
  handle(turn: HostTurn, task: Task, signal: AbortSignal): Promise<void>;
  refuse(turn: HostTurn, task: Task, refusal: RobotsRefusal): Promise<void>;
}

export interface TurnWorkers {
  readonly polls: TurnWorker<DuePollWithSitemaps>;
  readonly pages: TurnWorker<Work<'page'>['page']>;
  readonly sitemaps: TurnWorker<Work<'page'>['page']>;
}

/** A poll, with the sitemaps that the host's robots.txt names. */
export type DuePollWithSitemaps = Work<'poll'>['poll'] & { readonly sitemaps: readonly string[] };

export interface TurnJournal {
  endTurn(lease: HostLease, freeAt: Date): Promise<void>;
  endPage(lease: HostLease, record: PageRecord, freeAt: Date): Promise<void>;
}

/**
 * Use case: it is a host's turn. Where its robots.txt is not known, that is what it is asked for now, and
 * the work waits for the next turn: two requests never come without the pause between them.
 */
export class WorkTurnHandler {
  constructor(
    private readonly robots: RobotsAdvice,
    private readonly workers: TurnWorkers,
    private readonly journal: TurnJournal,
    private readonly nowMs: () => number,
  ) {}

  async handle(turn: FetchTurn, signal: AbortSignal): Promise<void> {
    if (turn.kind === 'page' && turn.page.source === null) {
      const { addressId, url } = turn.page;
      const record = { kind: 'given-up' as const, addressId, url, code: 'SOURCE_REMOVED' };
      await this.journal.endPage(turn, record, new Date(this.nowMs()));
      return;
    }
    const followed = readFollowed(turn.redirects);
    const url = followed.at(-1)?.to ?? (turn.kind === 'poll' ? turn.poll.url : turn.page.url);
    const judgement = await this.robots.judge(url);
    if (judgement === null) {
      const pauseMs = await this.robots.ask(url, signal);
      await this.journal.endTurn(turn, new Date(this.nowMs() + pauseMs));
      return;
    }
    const { pauseMs, refusal, sitemaps } = judgement;
    const { host, leaseUntil } = turn;
    const mayFollow = (to: string) => this.mayFollow(host, to);
    const hostTurn: HostTurn = { host, leaseUntil, pauseMs, followed, mayFollow };
    if (turn.kind === 'poll') {
      const poll = { ...turn.poll, sitemaps };
      await work(this.workers.polls, { hostTurn, task: poll, refusal }, signal);
      return;
    }
    const worker = turn.page.kind === 'sitemap' ? this.workers.sitemaps : this.workers.pages;
    await work(worker, { hostTurn, task: turn.page, refusal }, signal);
  }

  private async mayFollow(host: string, to: string): Promise<boolean> {
    if (new URL(to).host !== host) return false;
    const judgement = await this.robots.judge(to);
    return judgement !== null && judgement.refusal === null;
  }
}

function work<Task>(
  worker: TurnWorker<Task>,
  order: { hostTurn: HostTurn; task: Task; refusal: RobotsRefusal | null },
  signal: AbortSignal,
): Promise<void> {
  const { hostTurn, task, refusal } = order;
  return refusal === null
    ? worker.handle(hostTurn, task, signal)
    : // No request is made: the host need not be left alone for it.
      worker.refuse({ ...hostTurn, pauseMs: 0 }, task, refusal);
}
