/** A TCP proxy of one's own: passes everything on, or swallows it as a broken network does: all of it, or the answers only. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** True: nothing passes and nothing is refused, until it is false again; connections of that time stay dead. */
  stall(isStalled: boolean): void;
  /**
   * What is asked arrives, but the connection ends with the answer still under way: the next so many times, or always, until it is told
   * otherwise. Nobody who asked can know what became of it.
   */
  loseAnswers(times: number): void;
  /** How many answers were lost since the way was opened. */
  lost(): number;
  /** Ends all connections; new ones are taken. */
  drop(): void;
  /** How many clients are connected. */
  clients(): number;
  close(): Promise<void>;
}

export async function openTcpProxy(): Promise<TcpProxy & { aim(port: number): void }> {
  let target = 0;
  let isStalled = false;
  const sockets = new Set<Socket>();
  let clients = 0;
  let answersToLose = 0;
  let lost = 0;
  const dead = new WeakSet<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const pair = [client, upstream];
    clients++;
    client.once('close', () => clients--);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      if (isStalled) dead.add(from);
      from.on('data', (data) => {
        if (isStalled || dead.has(from)) return;
        if (from === upstream && answersToLose > 0) {
          answersToLose--;
          lost++;
          for (const socket of pair) {
            dead.add(socket);
            socket.destroy();
          }
        } else to.write(data);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        for (const socket of pair) socket.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    aim: (port) => (target = port),
    stall(now) {
      isStalled = now;
      if (now) for (const socket of sockets) dead.add(socket);
    },
    loseAnswers: (times) => (answersToLose = times),
    lost: () => lost,
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    clients: () => clients,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
