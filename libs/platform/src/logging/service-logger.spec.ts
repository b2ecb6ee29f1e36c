import { describe, expect, it } from 'vitest';
import { traceIdOf, withLogContext } from './log-context.ts';
import { createLogger, NestPinoLogger } from './service-logger.ts';

function recorded(): { logger: NestPinoLogger; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const logger = new NestPinoLogger(
    createLogger({ service: 'parser', level: 'info', destination }),
  );
  return {
    logger,
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('the service logger', () => {
  it('writes one JSON object a line with the service and the place', () => {
    const { logger, lines } = recorded();
    logger.log('started', 'Parser');
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'info',
        service: 'parser',
        msg: 'started',
        context: 'Parser',
      }),
    ]);
  });

  it('keeps what Nest says about itself for debugging', () => {
    const { logger, lines } = recorded();
    logger.log('Mapped {/health, GET} route', 'RouterExplorer');
    expect(lines()).toEqual([]);
  });

  it('carries article id and trace id of the work it is written in', async () => {
    const { logger, lines } = recorded();
    await withLogContext({ articleId: 'a' }, async () => {
      await Promise.resolve();
      withLogContext({ traceId: 't' }, () => logger.warn('odd'));
    });
    logger.warn('outside');
    expect(lines()[0]).toMatchObject({ articleId: 'a', traceId: 't' });
    expect(lines()[1]).not.toHaveProperty('articleId');
  });

  it('blots out secrets in fields, messages and errors', () => {
    const { logger, lines } = recorded();
    logger.log({ msg: 'connecting', sasl: { username: 'me', password: 'geheim' } });
    logger.error('cannot reach postgres://me:geheim@db/x', new Error('postgres://me:geheim@db/x'));
    expect(JSON.stringify(lines())).not.toContain('geheim');
  });

  it('keeps the error that Nest passes beside a message', () => {
    const { logger, lines } = recorded();
    logger.error('chunk failed', new TypeError('x is undefined'), 'Parser');
    expect(lines()[0]).toMatchObject({ msg: 'chunk failed', err: { type: 'TypeError' } });
  });
});

describe('traceIdOf', () => {
  it('reads the trace id of a traceparent and nothing else', () => {
    const traceId = 'ab'.repeat(16);
    expect(traceIdOf(`00-${traceId}-${'1'.repeat(16)}-01`)).toBe(traceId);
    expect(traceIdOf('00-xyz')).toBeNull();
    expect(traceIdOf(undefined)).toBeNull();
  });
});
