import { Standalone } from './standalone.ts';
import { readStandaloneSettings } from './standalone.config.ts';

/** Runs the system until a signal comes or whoever started this process is gone. Sets the exit code. */
export async function runStandalone(host: NodeJS.Process): Promise<void> {
  const say = (line: string): void => void host.stdout.write(`${line}\n`);
  try {
    const standalone = new Standalone({
      settings: readStandaloneSettings(host.env),
      environment: host.env,
      workingDirectory: host.cwd(),
      say,
    });
    await runUntilStopped(standalone, host, say);
  } catch (error) {
    host.stderr.write(`${explain(error)}\n`);
    host.exitCode = 1;
  }
}

async function runUntilStopped(
  standalone: Standalone,
  host: NodeJS.Process,
  say: (line: string) => void,
): Promise<void> {
  const stopRequest = new Promise<void>((resolve) => {
    // Ctrl-C may come several times: the terminal and npm both send it.
    for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
      host.on(event, () => resolve());
    }
  });
  try {
    await Promise.race([stopRequest, standalone.start()]);
    await stopRequest;
    say('Stopping …');
  } finally {
    await standalone.stop();
  }
  say('Stopped.');
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Errors with a code say in one sentence what to do; anything else is a defect and shows its stack.
  return 'code' in error ? error.message : (error.stack ?? error.message);
}
