import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServerNotStarted } from './embedded-servers.errors.ts';
import { requireWritableDirectory } from './writable-directory.ts';

const POM = fileURLToPath(new URL('../kafka/pom.xml', import.meta.url));
const FETCH_TIMEOUT_MS = 10 * 60_000;

/** The folder with Kafka's jars, fetched by Maven unless an earlier call already did. */
export async function fetchKafkaJars(
  jarsDirectory: string,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<string> {
  const fingerprint = createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 12);
  const target = join(jarsDirectory, `kafka-${fingerprint}`);
  if (existsSync(target)) return target;
  requireWritableDirectory(jarsDirectory);
  const scratch = mkdtempSync(join(jarsDirectory, '.fetching-'));
  try {
    log('Fetching the jars of Kafka 4.3.1 with Maven (about 45 MB, once) …');
    await copyDependencies(scratch, environment);
    publish(scratch, target);
    return target;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A rename is atomic: other processes see all the jars or none. Whoever comes second drops its own. */
function publish(scratch: string, target: string): void {
  try {
    renameSync(scratch, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

async function copyDependencies(directory: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const { code, output } = await runMaven(directory, environment);
  const hasBroker = readdirSync(directory).some((name) => name.startsWith('kafka_'));
  if (code === 0 && hasBroker) return;
  const reason = output.split('\n').find((line) => line.includes('ERROR')) ?? output.trim();
  throw new ServerNotStarted(
    'JARS_NOT_FETCHED',
    `Maven could not fetch Kafka's jars (${reason.slice(0, 400) || `exit ${code}`}): check the network and Maven's settings.xml, then start again.`,
  );
}

function runMaven(
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    const options = ['-q', '-B', '-f', POM, goal, '-DincludeScope=runtime'];
    const maven = spawn('mvn', [...options, `-DoutputDirectory=${directory}`], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: FETCH_TIMEOUT_MS,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(0, 16_384);
    };
    maven.stdout.on('data', collect);
    maven.stderr.on('data', collect);
    maven.once('error', (cause) => reject(mavenMissing(cause)));
    maven.once('close', (code) => resolve({ code, output }));
  });
}

function mavenMissing(cause: Error): ServerNotStarted {
  return new ServerNotStarted(
    'MAVEN_MISSING',
    "There is no Maven (mvn) in PATH, which fetches Kafka's jars once: install it (Debian/Ubuntu: apt install maven; macOS: brew install maven).",
    { cause },
  );
}
