/**
 * Ports for servers that may be stopped and started again on the same one. The system gives none of them to an outgoing connection, as it
 * does with the port that a server on port 0 is given: while such a server is down, somebody's connection can take its place.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

const lowest = 15_000;

/** The first port that outgoing connections are given; where the system does not say, that of the IANA. */
function firstOfConnections(): number {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/)[0]);
  } catch {
    return 49_152;
  }
}

/** As many different ports of 127.0.0.1 as are asked for, each free a moment ago. All are held until all are known. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const range = firstOfConnections() - lowest;
  // A system that gives them to connections all the same: then any port is as good as another.
  const candidate = (): number => (range < 1_000 ? 0 : lowest + Math.floor(Math.random() * range));
  const held: Server[] = [];
  try {
    while (held.length < count) {
      const server = createServer();
      const isListening = once(server.listen(candidate(), '127.0.0.1'), 'listening').then(
        () => true,
        () => false,
      );
      if (await isListening) held.push(server);
    }
    return held.map((server) => (server.address() as { port: number }).port);
  } finally {
    await Promise.all(held.map((server) => once(server.close(), 'close')));
  }
}

export async function freePort(): Promise<number> {
  return (await freePorts(1))[0]!;
}
