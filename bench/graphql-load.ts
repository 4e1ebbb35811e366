/**
 * The load of the GraphQL benchmark, a process of its own: a number of connections, each of which asks the next question when
 * the last is answered. Speaks HTTP over plain sockets, so that what is measured is the server and not its client. In: a
 * message. Out: one message with what was counted.
 */
import { connect, type Socket } from 'node:net';

export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly ms: number;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** First answer that was not a good one; undefined when all were good. */
  readonly bad?: string | undefined;
}

interface Tally {
  readonly latencies: number[];
  bad: string | undefined;
}

const headEnd = Buffer.from('\r\n\r\n');

/** Whole answers of a stream; calls `onAnswer` for each. */
function reader(onAnswer: (head: string, body: Buffer) => void): (chunk: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let at = held.indexOf(headEnd); at >= 0; at = held.indexOf(headEnd)) {
      const head = held.toString('latin1', 0, at);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (length === undefined) throw new Error(`an answer without a length: ${head}`);
      const end = at + 4 + Number(length);
      if (held.length < end) return;
      const body = held.subarray(at + 4, end);
      held = held.subarray(end);
      onAnswer(head, body);
    }
  };
}

const isGood = (head: string, body: Buffer): boolean =>
  head.startsWith('HTTP/1.1 200') && body.toString('latin1', 0, 9) === '{"data":{' && !body.includes('"errors":');

function drive(requests: readonly Buffer[], start: number, order: LoadOrder, until: number, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true });
    let next = start;
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      socket.write(requests[next++ % requests.length]!);
    };
    const read = reader((head, body) => {
      const now = performance.now();
      tally.latencies.push(now - sentAt);
      if (tally.bad === undefined && !isGood(head, body)) tally.bad = `${head}\n${body.toString('utf8', 0, 400)}`;
      if (now < until) send();
      else socket.end(() => resolve());
    });
    socket.on('connect', send);
    socket.on('data', read);
    socket.on('error', reject);
  });
} // prettier-ignore

function requestText(order: LoadOrder, body: string): Buffer {
  const headers = {
    Host: `127.0.0.1:${order.port}`,
    'Content-Type': 'application/json',
    ...order.headers,
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${order.path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

async function measure(order: LoadOrder): Promise<LoadResult> {
  const requests = order.bodies.map((body) => requestText(order, body));
  const tally: Tally = { latencies: [], bad: undefined };
  const from = performance.now();
  const drives = Array.from({ length: order.connections }, (_, i) =>
    drive(requests, Math.floor((i * requests.length) / order.connections), order, from + order.ms, tally),
  );
  await Promise.all(drives);
  const seconds = (performance.now() - from) / 1000;
  const sorted = tally.latencies.sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  return { requestsPerSecond: sorted.length / seconds, p50: at(0.5), p99: at(0.99), bad: tally.bad };
}

process.on('message', (order: LoadOrder) => {
  measure(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ requestsPerSecond: NaN, p50: NaN, p99: NaN, bad: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
