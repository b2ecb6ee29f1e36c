import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ServerNotStarted } from './embedded-servers.errors.ts';
import { findJava } from './java.ts';
import { kafkaLog4j2Properties, kafkaServerProperties } from './kafka-files.ts';
import { fetchKafkaJars } from './kafka-jars.ts';
import { probeKafka } from './kafka-probe.ts';
import { type ServerRecord, stopLeftover } from './leftover.ts';
import { findFreePort, requireFreePort } from './ports.ts';
import { type EmbeddedServer, ORPHAN_GRACE_SECONDS, ServerProcess } from './server-process.ts';
import { requireWritableDirectory } from './writable-directory.ts';

export interface KafkaOptions {
  /** Absolute path for data, settings and logs of this broker. */
  readonly directory: string;
  /** Absolute path where the jars are kept; brokers share it. */
  readonly jarsDirectory: string;
  /** Absent means any free port. */
  readonly port?: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  /** Hears when the broker ends although nobody stopped it. */
  readonly onDeath?: (reason: string) => void;
}

export interface KafkaServer extends EmbeddedServer {
  /** `host:port` for clients. */
  readonly brokers: string;
  /** Null while it does not run. */
  processId(): number | null;
}

const PROBE_TIMEOUT_MS = 2_000;
const JVM_OPTIONS = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Starts a real Kafka broker (KRaft, one node) and resolves when it serves requests. Throws ServerNotStarted. */
export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const { directory, environment } = options;
  requireWritableDirectory(directory);
  const record: ServerRecord = {
    name: 'Kafka',
    directory,
    pidFile: join(directory, 'kafka.pid'),
    marker: `${markerOption(directory)} -cp`,
    stopSignal: 'SIGTERM',
  };
  await stopLeftover(record);
  if (options.port !== undefined) await requireFreePort(options.port, 'KAFKA_PORT');
  const port = options.port ?? (await findFreePort());
  const java = findJava(environment);
  const jars = await fetchKafkaJars(options.jarsDirectory, environment, options.log);
  const jvm = jvmArguments(directory, jars);
  writeSettings(directory, port, await findFreePort());
  const clusterId = await formatOnce(java, jvm, options);
  const server = new ServerProcess(
    {
      ...record,
      file: java,
      args: [...jvm, 'kafka.Kafka', 'server.properties'],
      environment: inUtf8(environment),
      outputFile: join(directory, 'logs', 'output.log'),
      isReady: () => isServing(port, clusterId),
      orphanGraceSeconds: ORPHAN_GRACE_SECONDS,
    },
    options.onDeath ?? (() => undefined),
  );
  await server.start();
  return {
    brokers: `127.0.0.1:${port}`,
    processId: () => server.processId,
    start: () => server.start(),
    stop: () => server.stop(),
    kill: () => server.kill(),
  };
}

/** The class path is relative for the same reason as the paths in the properties: a colon would split it. */
function jvmArguments(directory: string, jars: string): readonly string[] {
  return [
    ...JVM_OPTIONS,
    '-Dkafka.logs.dir=logs',
    '-Dlog4j2.configurationFile=log4j2.properties',
    markerOption(directory),
    '-cp',
    join(relative(directory, jars), '*'),
  ];
}

/** Nothing reads this property: it is what the broker of a directory is recognised by. */
function markerOption(directory: string): string {
  return `-Dbroadsheet.kafka=${directory}`;
}

function writeSettings(directory: string, port: number, controllerPort: number): void {
  mkdirSync(join(directory, 'logs'), { recursive: true });
  const settings = kafkaServerProperties({ port, controllerPort });
  writeFileSync(join(directory, 'server.properties'), settings);
  writeFileSync(join(directory, 'log4j2.properties'), kafkaLog4j2Properties());
}

/** Formats the data directory unless it is, and returns the id of the cluster it belongs to. */
async function formatOnce(
  java: string,
  jvm: readonly string[],
  { directory, environment }: KafkaOptions,
): Promise<string> {
  const metaFile = join(directory, 'data', 'meta.properties');
  if (!existsSync(metaFile)) {
    const tool = ['kafka.tools.StorageTool', 'format', '-t', newClusterId()];
    const target = ['-c', 'server.properties', '--ignore-formatted'];
    await promisify(execFile)(java, [...jvm, ...tool, ...target], {
      cwd: directory,
      env: inUtf8(environment),
    }).catch((cause: Error) => {
      throw new ServerNotStarted(
        'SERVER_NOT_READY',
        `Kafka could not format its data folder ${join(directory, 'data')}: ${cause.message.slice(0, 400)}`,
        { cause },
      );
    });
  }
  const clusterId = /^cluster\.id=(.+)$/m.exec(readFileSync(metaFile, 'utf8'))?.[1];
  if (clusterId !== undefined) return clusterId.trim();
  throw new ServerNotStarted(
    'SERVER_NOT_READY',
    `${metaFile} names no cluster: move ${join(directory, 'data')} away, then start again.`,
  );
}

/** A Kafka Uuid: 16 bytes as base64url; tools take a leading dash for an option. */
function newClusterId(): string {
  return randomBytes(16).toString('base64url').replace(/^-/, 'A');
}

/** If the port was taken meanwhile, another broker would answer: hence the id. */
async function isServing(port: number, clusterId: string): Promise<boolean> {
  const view = await probeKafka(port, PROBE_TIMEOUT_MS);
  return view !== null && view.brokerCount > 0 && view.clusterId === clusterId;
}

function inUtf8(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, LC_ALL: 'C.UTF-8' };
}
