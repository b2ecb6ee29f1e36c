import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../logging/service-logger.ts';
import { ServiceProcess } from './service-process.ts';

class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];
  constructor(readonly connected = false) {
    super();
  }
  exit(code: number): void {
    this.exits.push(code);
  }
}

function started(close: () => Promise<void>, host = new FakeProcess()) {
  const lines: string[] = [];
  const logger = createLogger({
    service: 'spec',
    level: 'info',
    destination: { write: (line) => void lines.push(line) },
  });
  const service = new ServiceProcess(host, logger, close);
  service.watch();
  return { host, service, lines };
}

afterEach(() => vi.useRealTimers());

describe('ServiceProcess', () => {
  it.each(['SIGTERM', 'SIGINT'])('closes once on %s and exits 0', async (signal) => {
    const close = vi.fn(() => Promise.resolve());
    const { host } = started(close);
    host.emit(signal);
    host.emit(signal);
    await vi.waitFor(() => expect(host.exits).toEqual([0]));
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('exits 1 when closing fails', async () => {
    const { host } = started(() => Promise.reject(new Error('pool')));
    host.emit('SIGTERM');
    await vi.waitFor(() => expect(host.exits).toEqual([1]));
  });

  it('exits 1 when closing takes longer than 25 s', () => {
    vi.useFakeTimers();
    const { host } = started(() => new Promise(() => undefined));
    host.emit('SIGTERM');
    vi.advanceTimersByTime(24_999);
    expect(host.exits).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(host.exits).toEqual([1]);
  });

  it('goes when the launcher that holds its channel goes', async () => {
    const { host } = started(() => Promise.resolve(), new FakeProcess(true));
    host.emit('disconnect');
    await vi.waitFor(() => expect(host.exits).toEqual([0]));
  });

  it.each(['uncaughtException', 'unhandledRejection'])('logs an %s and exits 1', (event) => {
    const { host, lines } = started(() => Promise.resolve());
    host.emit(event, new Error('nobody caught me'));
    expect(host.exits).toEqual([1]);
    expect(lines.join('')).toContain('nobody caught me');
  });

  it('finishes what is in hand after the crash of a part, then exits 1', async () => {
    const close = vi.fn(() => Promise.resolve());
    const { host, service } = started(close);
    service.fail(new Error('crashed'), 'the consumer crashed');
    await vi.waitFor(() => expect(host.exits).toEqual([1]));
    expect(close).toHaveBeenCalled();
  });
});
