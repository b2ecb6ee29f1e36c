import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ServerNotStarted } from './embedded-servers.errors.ts';

const OLDEST_JAVA = 17;
const HOW_TO_GET_IT =
  'install a Java runtime 17 or newer (Debian/Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk), or set JAVA_HOME to one';

/** Major version out of what `java -version` prints: 8 for "1.8.0_402", 17 for "17.0.15"; null when there is none. */
export function readJavaVersion(output: string): number | null {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** The `java` of JAVA_HOME, else of PATH. Throws JAVA_MISSING or JAVA_TOO_OLD. */
export function findJava(environment: NodeJS.ProcessEnv): string {
  const home = environment['JAVA_HOME'];
  const java = home ? join(home, 'bin', 'java') : 'java';
  const { stdout, stderr, error } = spawnSync(java, ['-version'], {
    encoding: 'utf8',
    env: environment,
  });
  if (error) {
    const where = home ? `in JAVA_HOME (${home})` : 'in PATH';
    throw new ServerNotStarted('JAVA_MISSING', `There is no Java ${where}: ${HOW_TO_GET_IT}.`);
  }
  const version = readJavaVersion(stderr + stdout);
  if (version === null || version < OLDEST_JAVA) {
    const found = version === null ? 'does not tell its version' : `is version ${version}`;
    throw new ServerNotStarted('JAVA_TOO_OLD', `The Java at ${java} ${found}: ${HOW_TO_GET_IT}.`);
  }
  return java;
}
