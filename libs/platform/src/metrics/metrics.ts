import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface CounterOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
}

/** The registry of one service, with the metrics of the process. */
export class Metrics {
  readonly registry = new Registry();
  private readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    // The default of 10 ms wakes an idle process a hundred times a second.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 200 });
    this.httpSeconds = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from a request to the end of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
  }

  /** `route` is the pattern, never the address: labels must stay few. */
  observeHttp(request: { method: string; route: string; status: number; seconds: number }): void {
    const { method, route, status, seconds } = request;
    this.httpSeconds.observe({ method, route, status: String(status) }, seconds);
  }

  /** A counter of the service; what it resolves to counts one. Labels must have few values. */
  counter<Label extends string>(
    options: CounterOptions<Label>,
  ): (labels: Readonly<Record<Label, string>>) => void {
    const { labelNames, ...named } = options;
    const counter = new Counter({
      ...named,
      labelNames: [...labelNames],
      registers: [this.registry],
    });
    return (labels) => counter.inc({ ...labels });
  }
}
