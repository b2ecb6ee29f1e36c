import { type Problem, tryAgainLater } from '../http/problem.errors.ts';

/** How far the groups behind articles.raw are behind, in seconds; null where it cannot be said. */
export type LagProbe = () => Promise<number | null>;

const SAMPLE_EVERY_MS = 5_000;
const SAMPLE_KEEPS_MS = 60_000;

/** Closes while the pipeline is too far behind. Sampled beside the pushes, so that none waits for it. */
export class IngestGate {
  private lagSeconds: number | null = null;
  private sampledAtMs = Number.NEGATIVE_INFINITY;
  private isSampling = false;

  constructor(
    private readonly probe: LagProbe,
    private readonly maxLagSeconds: number,
    private readonly nowMs: () => number,
  ) {}

  /** Null while pushes are welcome. */
  refusal(): Problem | null {
    this.refresh();
    const ageMs = this.nowMs() - this.sampledAtMs;
    if (this.lagSeconds === null || ageMs > SAMPLE_KEEPS_MS) return null;
    if (this.lagSeconds <= this.maxLagSeconds) return null;
    return tryAgainLater(
      'INGEST_LAGGING',
      `the pipeline is ${Math.round(this.lagSeconds)} s behind, more than ${this.maxLagSeconds} s`,
      Math.min(60, Math.ceil(this.lagSeconds / 2)),
    );
  }

  private refresh(): void {
    if (this.isSampling || this.nowMs() - this.sampledAtMs < SAMPLE_EVERY_MS) return;
    this.isSampling = true;
    void this.sample();
  }

  private async sample(): Promise<void> {
    try {
      this.lagSeconds = await this.probe();
    } catch {
      // A broker that does not answer is told to the sender by the push itself.
      this.lagSeconds = null;
    } finally {
      this.sampledAtMs = this.nowMs();
      this.isSampling = false;
    }
  }
}
