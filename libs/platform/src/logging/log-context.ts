import { AsyncLocalStorage } from 'node:async_hooks';

/** What a log line says about the work it was written in. */
export interface LogContext {
  readonly articleId?: string;
  readonly traceId?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Every log line written inside `work`, and in what it awaits, carries the given fields. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, work);
}

export function currentLogContext(): LogContext {
  return storage.getStore() ?? {};
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace id of a W3C `traceparent` header; null where there is none or it is malformed. */
export function traceIdOf(traceparent: string | null | undefined): string | null {
  return TRACEPARENT.exec(traceparent ?? '')?.[1] ?? null;
}
