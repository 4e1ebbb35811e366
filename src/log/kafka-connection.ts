/**
 * A connection to the brokers. In: their addresses and how to log in. Out: work done on a connected cluster within its time, or an
 * error of class environment. After anything but a plain answer the connection is given up and the next piece of work opens
 * another one, so a stalled client heals by itself and nothing that is known of the brokers is older than the last trouble.
 *
 * Why below the public part of kafkajs: its consumer must be in a group, and a group moves partitions when brokers or members come
 * and go, resets a lost position without a word, and cannot be asked for one partition from one offset. Positions and leases are
 * in Postgres, so a pull is all that is needed. Its idempotent producer gives a number that it has used again to other messages
 * after an error, which the broker then takes for repeats. So only its protocol and network are used.
 */
import { setMaxListeners } from 'node:events';
import type Cluster from 'kafkajs/src/cluster/index.js';
import { KoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import { makeOwnedCluster, type OwnedCluster } from './kafka-sockets.js';

export interface KafkaSettings {
  readonly brokers: readonly string[];
  /** Texts in PEM; an empty object trusts what the machine trusts. Undefined: no TLS. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string } | undefined;
  readonly sasl?:
    | {
        readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
        readonly username: string;
        readonly password: string;
      }
    | undefined;
  /** Longest time for one request; a connection that does not answer within it is renewed. */
  readonly timeoutMs?: number;
  /** When it is aborted, requests that are under way are given up, and none is begun any more: the process ends. */
  readonly ending?: AbortSignal;
}

export interface KafkaConnection {
  /** Nothing can be done any more once it is aborted, so nobody need try again. */
  readonly ending: AbortSignal;
  /** `extraMs`: how much longer than usual an answer may take. */
  use<T>(what: string, work: (cluster: Cluster) => Promise<T>, extraMs?: number): Promise<T>;
  close(): Promise<void>;
}

/** A wait for messages is the longest that is under way in an idle hub. */
const mostAtClosingMs = 2_000;

export function makeKafkaConnection(settings: KafkaSettings, name: string, logger: Logger): KafkaConnection {
  const { timeoutMs = 10_000, ending = endless } = settings;
  const words = kafkaWords(logger);
  /** Also those that were given up and are not at their end yet. */
  const clusters = new Set<OwnedCluster>();
  let current: Opening | undefined;
  let isClosed = false;

  const end = async (owned: OwnedCluster, withinMs: number): Promise<void> => {
    await owned.end(withinMs);
    clusters.delete(owned);
  };
  const endAll = async (withinMs: number): Promise<void> => {
    isClosed = true;
    current = undefined;
    await Promise.all([...clusters].map((owned) => end(owned, withinMs)));
  };
  const abort = (): void => void endAll(0);
  ending.addEventListener('abort', abort, { once: true });

  const open = (): Opening => {
    const owned = makeOwnedCluster({
      logger: words,
      brokers: [...settings.brokers],
      ...(settings.tls === undefined ? {} : { ssl: tlsOf(settings.tls) }),
      ...(settings.sasl === undefined ? {} : { sasl: { ...settings.sasl } }),
      clientId: `koppel-${name}`,
      connectionTimeout: Math.min(timeoutMs, 3_000),
      authenticationTimeout: timeoutMs,
      reauthenticationThreshold: 10_000,
      requestTimeout: timeoutMs,
      enforceRequestTimeout: true,
      metadataMaxAge: 300_000,
      allowAutoTopicCreation: false,
      isolationLevel: 1,
      // Enough to try each broker that was named.
      retry: { retries: settings.brokers.length + 1, initialRetryTime: 50, maxRetryTime: 500 },
    });
    clusters.add(owned);
    const connected = owned.cluster.connect();
    connected.catch(() => void end(owned, timeoutMs));
    return { owned, connected };
  };

  return {
    ending,
    async use(what, work, extraMs = 0) {
      if (isClosed || ending.aborted) throw wasClosed();
      const opening = (current ??= open());
      const { owned, connected } = opening;
      try {
        return await within(timeoutMs + extraMs + 1_000, what, ending, async () => {
          await connected;
          return work(owned.cluster);
        });
      } catch (thrown) {
        if (!isPlainAnswer(thrown) && current === opening) {
          current = undefined;
          // Others may still get their answers on it.
          void end(owned, timeoutMs);
        }
        throw asLogError(thrown);
      }
    },
    async close() {
      ending.removeEventListener('abort', abort);
      await endAll(ending.aborted ? 0 : mostAtClosingMs);
    },
  };
}

interface Opening {
  readonly owned: OwnedCluster;
  readonly connected: Promise<void>;
}

const endless = new AbortController().signal;
setMaxListeners(0, endless);

const wasClosed = (): KoppelError => new KoppelError('LOG_UNREACHABLE', { what: 'the connection was closed' });

const tlsOf = ({ ca, cert, key }: NonNullable<KafkaSettings['tls']>): object => ({
  ...(ca === undefined ? {} : { ca: [ca] }),
  ...(cert === undefined ? {} : { cert }),
  ...(key === undefined ? {} : { key }),
});

/** kafkajs has its own limits of time, but not for everything that may stall. */
async function within<T>(ms: number, what: string, ending: AbortSignal, work: () => Promise<T>): Promise<T> {
  let over = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new KoppelError('LOG_UNREACHABLE', { what: `${what} took over ${ms} ms` })), ms); // prettier-ignore
    const abort = (): void => reject(wasClosed());
    ending.addEventListener('abort', abort, { once: true });
    over = () => {
      clearTimeout(timer);
      ending.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    over();
  }
}

interface ThrownByKafka {
  readonly name?: string;
  readonly type?: string;
  readonly message?: string;
  /** A text of Node, when it is about a socket or TLS; else a number of Kafka. */
  readonly code?: string | number;
  readonly cause?: unknown;
}

/** The broker's own word for what is wrong, wherever kafkajs has put it. */
export const kafkaType = (thrown: unknown): string | undefined => firstSaid(thrown, 'type') as string | undefined;

/** What the first of an error and its causes says that says it at all. */
function firstSaid(thrown: unknown, name: 'type' | 'code'): string | number | undefined {
  let error = thrown as ThrownByKafka | undefined | null;
  while (error !== undefined && error !== null && error[name] === undefined)
    error = error.cause as ThrownByKafka | undefined;
  return error?.[name];
}

/** What the hub knows of the brokers is out of date after these. */
const movedTypes = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'REPLICA_NOT_AVAILABLE',
  'BROKER_NOT_AVAILABLE',
  'NOT_CONTROLLER',
  'FENCED_LEADER_EPOCH',
  'ILLEGAL_SASL_STATE',
  'SASL_AUTHENTICATION_FAILED',
];

/** Another broker leads the partition now, or will in a moment. */
export const hasMoved = (error: unknown): boolean =>
  error instanceof KoppelError && error.code === 'LOG_UNREACHABLE' && movedTypes.includes(kafkaType(error.cause) ?? '');

/** No broker knows the topic. */
export const isTopicUnknown = (error: unknown): boolean =>
  error instanceof KoppelError && kafkaType(error.cause) === 'UNKNOWN_TOPIC_OR_PARTITION';

/** The connection ended under it, perhaps only because it was renewed after somebody else's trouble. */
export const wasCut = (error: unknown): boolean =>
  error instanceof KoppelError && /^KafkaJSConnection/.test((error.cause as ThrownByKafka | undefined)?.name ?? '');

function isPlainAnswer(thrown: unknown): boolean {
  const type = kafkaType(thrown);
  return type !== undefined && !movedTypes.includes(type);
}

/** The hub has looked at the broker's certificate; another try finds the same one. */
const isUntrusted =
  /^(UNABLE_TO_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|(INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)$)/;

/** The broker has looked at that of the hub: `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED`, for example. */
const certificateAlert = /^ERR_SSL_.*ALERT_(.*CERTIFICATE.*|UNKNOWN_CA)$/;

function asLogError(thrown: unknown): KoppelError {
  if (thrown instanceof KoppelError) return thrown;
  const type = kafkaType(thrown);
  const { name, message } = thrown as ThrownByKafka;
  const what = String(message ?? thrown);
  const code = String(firstSaid(thrown, 'code'));
  if (isUntrusted.test(code))
    return new KoppelError('LOG_UNTRUSTED', { what: what.replace(/^Connection error: /, '') }, { cause: thrown });
  const alert = certificateAlert.exec(code)?.[1]?.toLowerCase().replaceAll('_', ' ');
  if (alert !== undefined) return new KoppelError('LOG_REFUSED', { what: alert }, { cause: thrown });
  const isRefused = name === 'KafkaJSSASLAuthenticationError' || /AUTHORIZATION|AUTHENTICATION|SASL/.test(type ?? '');
  return new KoppelError(isRefused ? 'LOG_REFUSED' : 'LOG_UNREACHABLE', { what }, { cause: thrown });
}

interface KafkaWords {
  info(message: string, extra?: object): void;
  error(message: string, extra?: object): void;
  warn(message: string, extra?: object): void;
  debug(message: string, extra?: object): void;
  namespace(): KafkaWords;
}

/** What kafkajs calls an error it mostly mends itself; what it cannot mend is thrown and said by whoever asked. */
function kafkaWords(logger: Logger): KafkaWords {
  const say = (message: string): void => logger.debug({ kafka: message }, 'the Kafka client said something');
  const words: KafkaWords = { info: say, error: say, warn: say, debug: () => undefined, namespace: () => words };
  return words;
}
