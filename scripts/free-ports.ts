/**
 * Ports for servers that may be stopped and started again on the same one. The system gives none of them to an outgoing connection, as it
 * does with the port that a server on port 0 is given: while such a server is down, somebody's connection can take its place.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

const lowest = 15_000;
/** Tests that run side by side draw from shares of their own, or one takes what another has found free and not opened yet. */
const shares = 8;
const share = Number(process.env['JEST_WORKER_ID'] ?? '0') % shares;
const given = new Set<number>();

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
  const candidate = (): number => {
    if (range < 1_000) return 0;
    const port = lowest + share + shares * Math.floor((Math.random() * (range - shares)) / shares);
    return given.has(port) ? candidate() : port;
  };
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
    const found = held.map((server) => (server.address() as { port: number }).port);
    for (const port of found) given.add(port);
    return found;
  } finally {
    await Promise.all(held.map((server) => once(server.close(), 'close')));
  }
}

export async function freePort(): Promise<number> {
  return (await freePorts(1))[0]!;
}
