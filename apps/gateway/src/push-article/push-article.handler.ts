import type { RejectionCode } from '@broadsheet/contracts';
import type { OutgoingRecord, RecordPlacement } from '@broadsheet/messaging';
import { type Problem, tryAgainLater } from '../http/problem.errors.ts';
import { acceptedTrailRecord } from './accepted-trail.ts';
import { type PreparedPush, preparePush, type PushedBody } from './prepare-push.ts';

/** What pushing needs of the log: durable when it resolves, placements in the order of the records. */
export interface PushLog {
  send(
    records: readonly OutgoingRecord[],
    options: { readonly deadlineMs: number },
  ): Promise<readonly RecordPlacement[]>;
}

/** Null while pushes are welcome. */
export interface PushGate {
  refusal(): Problem | null;
}

export interface PushReport {
  warn(line: { readonly msg: string; readonly err: unknown }): void;
}

export type PushOutcome =
  | {
      readonly kind: 'accepted';
      readonly id: string;
      readonly url: string | null;
      readonly trail: string;
    }
  | { readonly kind: 'refused'; readonly code: RejectionCode; readonly detail: string }
  /** Nothing is wrong with the article. */
  | { readonly kind: 'unavailable'; readonly problem: Problem };

type ReadyPush = Extract<PreparedPush, { kind: 'ready' }>;

const SEND_DEADLINE_MS = 5_000;
const BROKER_RETRY_SECONDS = 5;

export class PushArticleHandler {
  private readonly trailsUnderWay = new Set<Promise<void>>();

  constructor(
    private readonly log: PushLog,
    private readonly gate: PushGate,
    private readonly report: PushReport,
    private readonly now: () => Date,
  ) {}

  /** One outcome for each push, in order. Accepted means: acknowledged by the broker. */
  async handle(pushes: readonly PushedBody[]): Promise<readonly PushOutcome[]> {
    const closed = this.gate.refusal();
    if (closed !== null) return pushes.map(() => ({ kind: 'unavailable', problem: closed }));
    const prepared = pushes.map(preparePush);
    const ready = prepared.filter((push) => push.kind === 'ready');
    const accepted = await this.send(ready);
    let next = 0;
    return prepared.map((push) => {
      if (push.kind === 'refused') return push;
      const outcome = accepted[next++];
      if (outcome === undefined) throw new Error('fewer outcomes than records');
      return outcome;
    });
  }

  /** Null while pushes are welcome. */
  refusal(): Problem | null {
    return this.gate.refusal();
  }

  /** Waits for the trail steps that are still on their way. */
  async settle(): Promise<void> {
    await Promise.all(this.trailsUnderWay);
  }

  private async send(pushes: readonly ReadyPush[]): Promise<readonly PushOutcome[]> {
    if (pushes.length === 0) return [];
    // Taken before the send: the parser may be done before the acknowledgement is here.
    const at = this.now();
    try {
      const records = pushes.map((push) => push.record);
      const placements = await this.log.send(records, { deadlineMs: SEND_DEADLINE_MS });
      this.tellTrail(pushes, placements, at);
      return pushes.map(toAccepted);
    } catch (error) {
      return this.failed(pushes, error);
    }
  }

  /** A record that its topic cannot take must not take its neighbours with it. */
  private async failed(
    pushes: readonly ReadyPush[],
    error: unknown,
  ): Promise<readonly PushOutcome[]> {
    if (isTooLarge(error)) {
      if (pushes.length === 1) {
        return [
          {
            kind: 'refused',
            code: 'TOO_LARGE',
            detail: 'the record is larger than its topic takes',
          },
        ];
      }
      const outcomes = [];
      for (const push of pushes) outcomes.push(...(await this.send([push])));
      return outcomes;
    }
    this.report.warn({ msg: 'the broker did not take a push', err: error });
    const problem = tryAgainLater(
      'BROKER_UNAVAILABLE',
      'the broker did not acknowledge the article; push it again',
      BROKER_RETRY_SECONDS,
    );
    return pushes.map(() => ({ kind: 'unavailable', problem }));
  }

  /** The article is safe by now; a step lost from its trail is no reason to have it pushed again. */
  private tellTrail(
    pushes: readonly ReadyPush[],
    placements: readonly RecordPlacement[],
    at: Date,
  ): void {
    const records = pushes.flatMap(({ id, url }, index) => {
      const placement = placements[index];
      return placement === undefined ? [] : [acceptedTrailRecord({ id, url, placement, at })];
    });
    const sending = this.log.send(records, { deadlineMs: SEND_DEADLINE_MS }).then(
      () => undefined,
      (error: unknown) => this.report.warn({ msg: 'trail steps were not written', err: error }),
    );
    this.trailsUnderWay.add(sending);
    void sending.finally(() => this.trailsUnderWay.delete(sending));
  }
}

function toAccepted({ id, url }: ReadyPush): PushOutcome {
  return { kind: 'accepted', id, url, trail: `/api/v1/articles/${id}/trail` };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'TOO_LARGE';
}
