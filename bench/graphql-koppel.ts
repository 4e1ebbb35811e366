/** The API of the hub as a process of its own, for the GraphQL benchmark: everything is on, only the bucket of points never runs dry. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../src/base/clock.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { silentLogger } from '../src/base/logger.js';
import { makeHttpServer, type HttpServerDeps } from '../src/http/server.js';
import { openDatabase } from '../src/store/database.js';

const url = process.env['BENCH_DATABASE_URL'];
if (url === undefined) throw new Error('BENCH_DATABASE_URL says which database is read');
const base = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
const database = openDatabase({ url, poolMax: 10, applicationName: 'bench' }, base);
const noCommands = new Proxy({} as HttpServerDeps['commands'], {
  get: (_, name) => () => Promise.reject(new Error(`${String(name)} is not part of this benchmark`)),
});
const server = makeHttpServer(
  {
    ...base,
    database,
    commands: noCommands,
    masterKey: randomBytes(32),
    version: 'bench',
    connectors: () => [],
    streamsOf: () => undefined,
  },
  { port: 0, host: '127.0.0.1', pointsPerKey: Number.MAX_SAFE_INTEGER },
);
await server.start();
process.send?.({ port: server.port(), path: '/graphql' });
process.on('disconnect', () => process.exit(0));
