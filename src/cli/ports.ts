/** Whether the ports that will be needed are free, asked before anything is started. */
import { createServer } from 'node:net';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';

export interface NeededPort {
  readonly host: string;
  readonly port: number;
  readonly what: string;
  readonly variable: string;
}

const patienceMs = 4_000;

/** Throws for the first port that stays taken; waits a little, because what a killed supervisor left behind is on its way out. */
export async function requirePorts(ports: readonly NeededPort[], clock: Clock): Promise<void> {
  const deadline = clock.monotonic() + patienceMs;
  for (const needed of ports) {
    for (;;) {
      const problem = await tryPort(needed.host, needed.port);
      if (problem === undefined) break;
      if (problem !== 'EADDRINUSE') {
        throw new KoppelError('PORT_UNUSABLE', { ...needed, problem });
      }
      if (clock.monotonic() > deadline) throw new KoppelError('PORT_IN_USE', { ...needed });
      await clock.sleep(200);
    }
  }
}

function tryPort(host: string, port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => done(undefined)));
  });
}
