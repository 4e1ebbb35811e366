/**
 * A real Apache Kafka on this machine, for `npm run kafka` and for tests. In: a folder, how many nodes. Out: the addresses, and
 * handles to kill, start and stop each node. Kafka itself comes from Maven, by the pom beside this file; it needs Java 17 and `mvn`.
 * Nothing of it is part of the product.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { freePorts } from '../free-ports.js';

export interface KafkaOptions {
  /** Where its data and its words are kept. */
  readonly folder: string;
  /** 1, or 3 for tests of failure: every topic then has three copies. */
  readonly nodes?: number;
  /** Port of the first node, the next ones for the others; free ones are taken when it is not given. */
  readonly port?: number;
  /** Clients must say this name and password, by PLAIN or SCRAM. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Clients come by TLS. Files in PEM: the key of the nodes with their certificate, and whose certificates they and the clients trust. */
  readonly tls?: { readonly keyAndCertificate: string; readonly authority: string };
  /** Clients are told this address of a node instead of its own: that of a proxy, for example. */
  readonly advertised?: (node: number, port: number) => string;
  /** A second way in, without a login, whose clients are told this address: that of a proxy which leads there. */
  readonly detour?: (node: number, port: number) => string;
  /** The nodes go on when this process ends; whoever then wants them gone ends them by their ids. */
  readonly outlives?: boolean;
  /** Further settings of the broker. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface KafkaNode {
  readonly id: number;
  readonly port: number;
  readonly address: string;
  pid(): number | undefined;
  start(): Promise<void>;
  /** As a power cut would; gently: after it has said goodbye to the others. */
  kill(gently?: boolean): Promise<void>;
}

export interface KafkaBrokers {
  /** Comma list of the addresses of all nodes. */
  readonly bootstrap: string;
  readonly nodes: readonly KafkaNode[];
  /** Resolves when all nodes that were started answer. */
  ready(): Promise<void>;
  /** At once unless `gently`; what was acknowledged is kept either way. */
  stop(gently?: boolean): Promise<void>;
}

const pom = resolve('scripts/kafka/pom.xml');
const clusterId = 'a29wcGVsLWthZmthLXYxYQ';

/** Why there can be no Kafka here; undefined when there can. */
export function kafkaIsMissing(): string | undefined {
  const answers = (program: string, argument: string): boolean =>
    spawnSync(program, [argument], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
  if (!answers('java', '-version')) return 'there is no java';
  return answers('mvn', '-v') || existsSync(libraries()) ? undefined : 'there is no mvn';
}

/** Where the programs are: by version, so that another version does not mix with this one. */
function libraries(): string {
  const version = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(readFileSync(pom, 'utf8'))?.[1];
  return resolve(process.env['KOPPEL_DATA_DIR'] ?? '.koppel', 'kafka', 'programs', version ?? 'unknown');
}

/** Fetches Kafka unless it is there. Two processes may do it at once: the second one's copy is thrown away. */
export function fetchKafka(): string {
  const folder = libraries();
  if (existsSync(folder)) return folder;
  mkdirSync(resolve(folder, '..'), { recursive: true });
  const fetching = mkdtempSync(`${folder}-`);
  const goal = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime'];
  const done = spawnSync('mvn', [...goal, `-DoutputDirectory=${fetching}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    rmSync(fetching, { recursive: true, force: true });
    throw new Error(`Kafka could not be fetched: ${String(done.stdout)}${String(done.stderr)}`);
  }
  try {
    renameSync(fetching, folder);
  } catch (error) {
    rmSync(fetching, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

export async function startKafka(options: KafkaOptions): Promise<KafkaBrokers> {
  const programs = join(fetchKafka(), '*');
  const count = options.nodes ?? 1;
  const ports = await portsFor(count, options.port);
  const nodes = Array.from({ length: count }, (_, i) => makeNode(i, count, ports, programs, options));
  const bootstrap = nodes.map((node) => node.address).join(',');
  const kafka: KafkaBrokers = {
    bootstrap,
    nodes,
    ready: () =>
      untilAnswers(
        nodes.filter((node) => node.isUp()),
        options,
      ),
    async stop(gently) {
      await Promise.all(nodes.map((node) => node.kill(gently)));
    },
  };
  try {
    await Promise.all(nodes.map((node) => node.start()));
    await kafka.ready();
  } catch (error) {
    await kafka.stop();
    throw error;
  }
  return kafka;
}

interface OwnNode extends KafkaNode {
  isUp(): boolean;
  /** What it has said. */
  words(): string;
}

function makeNode(
  index: number,
  count: number,
  ports: readonly number[],
  programs: string,
  options: KafkaOptions,
): OwnNode {
  const id = index + 1;
  const [port = 0, between = 0, controller = 0, aside = 0] = ports.slice(index * portsOfNode);
  const folder = resolve(options.folder, `node-${id}`);
  const address = options.advertised?.(id, port) ?? `127.0.0.1:${port}`;
  const properties = join(folder, 'server.properties');
  let child: ChildProcess | undefined;

  const prepare = (): void => {
    mkdirSync(folder, { recursive: true });
    const voters = Array.from({ length: count }, (_, i) => `${i + 1}@127.0.0.1:${ports[i * portsOfNode + 2]}`).join(
      ',',
    );
    const detour = options.detour?.(id, aside);
    const all = {
      ...standard(count, options),
      'node.id': String(id),
      'controller.quorum.voters': voters,
      listeners: `CLIENT://127.0.0.1:${port},BETWEEN://127.0.0.1:${between},CONTROLLER://127.0.0.1:${controller}${detour === undefined ? '' : `,DETOUR://127.0.0.1:${aside}`}`,
      'advertised.listeners': `CLIENT://${address},BETWEEN://127.0.0.1:${between}${detour === undefined ? '' : `,DETOUR://${detour}`}`,
      'log.dirs': join(folder, 'data'),
      ...options.settings,
    };
    writeFileSync(properties, Object.entries(all).map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}`).join('\n')); // prettier-ignore
    if (existsSync(join(folder, 'data', 'meta.properties'))) return;
    const { username, password } = options.login ?? {};
    const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) =>
      username === undefined ? [] : ['--add-scram', `${mechanism}=[name=${username},password=${password}]`],
    );
    const format = ['-cp', programs, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties, ...scram];
    const done = spawnSync('java', ['-XX:TieredStopAtLevel=1', ...format], { stdio: ['ignore', 'pipe', 'pipe'] });
    if (done.status !== 0) throw new Error(`the folder of Kafka could not be prepared: ${String(done.stderr)}`);
  };

  return {
    id,
    port,
    address,
    pid: () => child?.pid,
    words: () => readFileSync(join(folder, 'kafka.log'), 'utf8'),
    isUp: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    start() {
      prepare();
      const words = openSync(join(folder, 'kafka.log'), 'a');
      // Small and soon up: it serves one hub on one machine, or a test.
      const java = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.net.preferIPv4Stack=true']; // prettier-ignore
      const logging = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'];
      child = spawn('java', [...java, ...logging, '-cp', programs, 'kafka.Kafka', properties], {
        stdio: ['ignore', words, words],
      });
      if (options.outlives === true) child.unref();
      return Promise.resolve();
    },
    async kill(gently = false) {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(gently ? 'SIGTERM' : 'SIGKILL');
      const force = setTimeout(() => child?.kill('SIGKILL'), 15_000);
      await gone;
      clearTimeout(force);
    },
  };
}

/** Durable like a broker in earnest, but with few threads and short times, so that a lost node is noticed soon. */
function standard(nodes: number, { login, tls }: KafkaOptions): Record<string, string> {
  const copies = String(Math.min(3, nodes));
  const carrier = tls === undefined ? 'PLAINTEXT' : 'SSL';
  return {
    'process.roles': 'broker,controller',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'BETWEEN',
    'listener.security.protocol.map': `CLIENT:${login === undefined ? '' : 'SASL_'}${carrier},BETWEEN:PLAINTEXT,CONTROLLER:PLAINTEXT,DETOUR:${carrier}`,
    'auto.create.topics.enable': 'false',
    'default.replication.factor': copies,
    'min.insync.replicas': nodes >= 3 ? '2' : '1',
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': nodes >= 3 ? '2' : '1',
    'transaction.state.log.num.partitions': '1',
    'group.initial.rebalance.delay.ms': '0',
    'num.network.threads': '2',
    'num.io.threads': '2',
    'background.threads': '2',
    'log.cleaner.dedupe.buffer.size': '4194304',
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    'controller.quorum.election.timeout.ms': '500',
    'controller.quorum.fetch.timeout.ms': '1000',
    'replica.lag.time.max.ms': '3000',
    ...(login === undefined ? {} : logins(login)),
    ...(tls === undefined ? {} : certificates(tls)),
  };
}

const certificates = ({ keyAndCertificate, authority }: NonNullable<KafkaOptions['tls']>): Record<string, string> => ({
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.location': keyAndCertificate,
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': authority,
});

const logins = ({ username, password }: { username: string; password: string }): Record<string, string> => ({
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
  'listener.name.client.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";`,
  'listener.name.client.scram-sha-256.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  'listener.name.client.scram-sha-512.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
});

/** Three of them that start at once beside others need more than a minute on a busy machine. */
const startsWithinMs = 180_000;

async function untilAnswers(nodes: readonly OwnNode[], { login, tls, folder }: KafkaOptions): Promise<void> {
  const deadline = performance.now() + startsWithinMs;
  for (;;) {
    const kafka = new Kafka({
      brokers: nodes.map((node) => node.address),
      logLevel: logLevel.NOTHING,
      retry: { retries: 0 },
      ...(login === undefined ? {} : { sasl: { mechanism: 'plain', ...login } }),
      ...(tls === undefined ? {} : { ssl: { ca: readFileSync(tls.authority) } }),
    });
    const admin = kafka.admin();
    try {
      await admin.connect();
      if ((await admin.describeCluster()).brokers.length >= nodes.length) return;
    } catch (error) {
      if (performance.now() > deadline || !nodes.every((node) => node.isUp()))
        throw new Error(`Kafka does not answer; its words are in ${folder}${lastWords(nodes)}`, { cause: error });
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    await new Promise((next) => setTimeout(next, 100));
  }
}

/** How each node is, and what it said last. */
const lastWords = (nodes: readonly OwnNode[]): string =>
  nodes
    .map((node) => `\nnode ${node.id} ${node.isUp() ? 'runs' : 'has ended'}: ${node.words().slice(-1_000)}`)
    .join('');

const portsOfNode = 4;

/** Of a node: for clients, for the other nodes, for the controller, for the detour. */
async function portsFor(nodes: number, first: number | undefined): Promise<readonly number[]> {
  const ports = await freePorts(nodes * portsOfNode);
  return ports.map((port, i) => (first === undefined || i % portsOfNode > 0 ? port : first + i / portsOfNode));
}
