/** A client of the API over WebSocket that shows every message and close code, for tests of the protocol itself. */
import { WebSocket } from 'ws';
import { until } from './wait.js';

export interface SocketClient {
  readonly socket: WebSocket;
  /** What has come and was not taken by `next`. */
  readonly got: any[]; // eslint-disable-line @typescript-eslint/no-explicit-any
  /** Code with which the socket closes. */
  readonly closed: Promise<number>;
  send(message: object | string | Buffer): void;
  next(type: string, id?: string): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export interface SocketOptions {
  readonly protocol?: string;
  readonly headers?: Record<string, string>;
}

const open: WebSocket[] = [];

/** Ends all sockets that were opened since the last call. */
export const endSockets = (): void => open.splice(0).forEach((socket) => socket.terminate());

export async function connectSocket(url: string, options: SocketOptions = {}): Promise<SocketClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, options.protocol ?? 'graphql-transport-ws', {
    headers: options.headers ?? {},
  });
  open.push(socket);
  const got: { type: string; id?: string }[] = [];
  socket.on('message', (data) => got.push(JSON.parse(String(data)) as { type: string }));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  socket.on('error', () => undefined);
  return {
    socket,
    got,
    closed,
    send: (message) =>
      socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    next: (type, id) =>
      until(
        () => {
          const at = got.findIndex((message) => message.type === type && (id === undefined || message.id === id));
          return at < 0 ? undefined : got.splice(at, 1)[0];
        },
        { what: `${type} ${id ?? ''}; got ${JSON.stringify(got).slice(0, 1_000)}` },
      ),
  };
}

/** A socket that has said who it is: by a key, or by what a browser sends along. */
export async function signedInSocket(url: string, key: string | Record<string, string>): Promise<SocketClient> {
  const client = await connectSocket(url, typeof key === 'string' ? {} : { headers: key });
  const payload = typeof key === 'string' ? { Authorization: `Bearer ${key}` } : {};
  client.send({ type: 'connection_init', payload });
  await client.next('connection_ack');
  return client;
}

/** A message that begins an operation. */
export const subscribeMessage = (id: string, query: string, variables: unknown = {}, more: object = {}): object => ({
  id,
  type: 'subscribe',
  payload: { query, variables, ...more },
});
