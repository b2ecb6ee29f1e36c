/** What a check found: well, or not and why, in a sentence without secrets. */
export type CheckOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface HealthCheck {
  readonly name: string;
  readonly run: () => Promise<CheckOutcome> | CheckOutcome;
}

export interface HealthReport {
  readonly status: 'ok' | 'unavailable';
  readonly checks: Readonly<Record<string, CheckOutcome>>;
}

const CHECK_TIMEOUT_MS = 2_000;

/** The checks of one service; modules add theirs when they start. */
export class HealthChecks {
  private readonly liveness: HealthCheck[] = [];
  private readonly readiness: HealthCheck[] = [];

  /** Failing means: only a restart helps. */
  addLiveness(check: HealthCheck): void {
    this.liveness.push(check);
  }

  /** Failing means: cannot do its work at present. */
  addReadiness(check: HealthCheck): void {
    this.readiness.push(check);
  }

  live(): Promise<HealthReport> {
    return report(this.liveness);
  }

  ready(): Promise<HealthReport> {
    return report(this.readiness);
  }
}

async function report(checks: readonly HealthCheck[]): Promise<HealthReport> {
  const outcomes = await Promise.all(
    checks.map(async (check) => [check.name, await outcomeOf(check)] as const),
  );
  const isWell = outcomes.every(([, outcome]) => outcome.ok);
  return { status: isWell ? 'ok' : 'unavailable', checks: Object.fromEntries(outcomes) };
}

async function outcomeOf(check: HealthCheck): Promise<CheckOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<CheckOutcome>((resolve) => {
    const late = { ok: false, reason: `no answer within ${CHECK_TIMEOUT_MS} ms` } as const;
    timer = setTimeout(() => resolve(late), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([check.run(), timeout]);
  } catch {
    // A driver's text may hold addresses and names: it belongs into the log, not into an answer.
    return { ok: false, reason: 'the check failed' };
  } finally {
    clearTimeout(timer);
  }
}
