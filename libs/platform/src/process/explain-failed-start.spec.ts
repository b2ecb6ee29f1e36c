import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SettingsInvalid } from '../settings/settings-invalid.errors.ts';
import { explainFailedStart } from './explain-failed-start.ts';

function failureToListen(port: number, host: string): Promise<Error> {
  return new Promise((resolve) => {
    createServer().once('error', resolve).listen(port, host);
  });
}

describe('explainFailedStart', () => {
  it('repeats the sentence about a setting', () => {
    expect(explainFailedStart(new SettingsInvalid('HTTP_PORT is odd.'))).toBe('HTTP_PORT is odd.');
  });

  it('names the port that is taken and what to do', async () => {
    const first = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => first.once('listening', resolve));
    const address = first.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const sentence = explainFailedStart(await failureToListen(port, '127.0.0.1'));
    expect(sentence).toBe(
      `The port ${port} is taken by another process; stop that one, or set HTTP_PORT to a free port.`,
    );
    first.close();
  });

  it('names an address that is not of this machine', async () => {
    const sentence = explainFailedStart(await failureToListen(0, '192.0.2.1'));
    expect(sentence).toMatch(/192\.0\.2\.1 .*HTTP_BIND/);
  });

  it('shows the stack of what nobody foresaw', () => {
    expect(explainFailedStart(new TypeError('x is not a function'))).toContain('    at ');
  });
});
