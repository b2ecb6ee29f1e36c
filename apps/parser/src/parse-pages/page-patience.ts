/** What a page has taken since a thread began with it. */
export interface PageUsage {
  /** Of a processor. Null where the thread has not answered. */
  readonly cpuMs: number | null;
  /** Since its chunk was to be done; 0 before. */
  readonly overtimeMs: number;
}

export type PageLimits = { readonly [Use in keyof PageUsage]: number };

/**
 * wait: it may still end · runaway: the page is to blame · starved: the machine is, which had no
 * processor for it · silent: nobody can say.
 */
export type PageVerdict = 'wait' | 'runaway' | 'starved' | 'silent';

/** A page is judged by the processor time that it used: how long that takes is up to the machine. */
export function judgePage({ cpuMs, overtimeMs }: PageUsage, limits: PageLimits): PageVerdict {
  if (cpuMs !== null && cpuMs >= limits.cpuMs) return 'runaway';
  if (overtimeMs < limits.overtimeMs) return 'wait';
  return cpuMs === null ? 'silent' : 'starved';
}
