/**
 * The sockets of one cluster of kafkajs. In: the cluster's options. Out: a cluster that connects to each broker once, however many
 * ask at the same moment, and an end after which no socket of it is open. By itself kafkajs opens a socket for each who asks and
 * forgets all but the last: such a socket keeps the process alive, and its end fails the requests on the one in use.
 */
import Cluster from 'kafkajs/src/cluster/index.js';
import socketFactory from 'kafkajs/src/network/socketFactory.js';
import type { Socket } from 'node:net';

export interface OwnedCluster {
  readonly cluster: Cluster;
  /** Lets requests that are under way come to their end for this long; called again, for no longer than is said then. */
  end(withinMs: number): Promise<void>;
}

export function makeOwnedCluster(options: object): OwnedCluster {
  const sockets = new Set<Socket>();
  const open = socketFactory();
  let isEnded = false;
  let cut = (): void => undefined;
  const isCut = new Promise<void>((resolve) => (cut = resolve));
  const cluster = new Cluster({
    ...options,
    socketFactory: (to: object): Socket => {
      if (isEnded) throw new Error('the connection was closed');
      const socket = open(to);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
  });
  const { build } = cluster.connectionPoolBuilder;
  cluster.connectionPoolBuilder.build = async (destination) => {
    const made = await build(destination);
    for (const connection of made.pool) connection.connect = oneAtATime(connection.connect.bind(connection));
    return made;
  };
  return {
    cluster,
    async end(withinMs) {
      const timer = setTimeout(cut, withinMs);
      await Promise.race([cluster.disconnect().catch(() => undefined), isCut]);
      clearTimeout(timer);
      isEnded = true;
      for (const socket of sockets) socket.destroy(new Error('the connection was closed'));
    },
  };
}

function oneAtATime(connect: () => Promise<boolean>): () => Promise<boolean> {
  let connecting: Promise<boolean> | undefined;
  return () => (connecting ??= connect().finally(() => (connecting = undefined)));
}
