/**
 * PostGraphile 5 as a process of its own, for the GraphQL benchmark, set up as its documentation recommends for production:
 * Amber preset, grafserv on Node's own server, `GRAPHILE_ENV=production`, no explain. It asks nobody for a key.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

interface Peer {
  createServ(adaptor: unknown): { addTo(server: object): Promise<void> };
}

const url = process.env['BENCH_DATABASE_URL'];
const folder = process.env['BENCH_PEERS'];
if (url === undefined || folder === undefined) throw new Error('BENCH_DATABASE_URL and BENCH_PEERS are missing');
const from = createRequire(join(folder, 'package.json'));
const load = <T>(name: string): T => from(name) as T;
const { postgraphile } = load<{ postgraphile(preset: object): Peer }>('postgraphile');
const { PostGraphileAmberPreset } = load<{ PostGraphileAmberPreset: object }>('postgraphile/presets/amber');
const { makePgService } = load<{ makePgService(options: object): object }>('postgraphile/adaptors/pg');
const { grafserv } = load<{ grafserv: unknown }>('postgraphile/grafserv/node');

const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: url, schemas: ['shop'], poolConfig: { max: 10 } })],
  grafast: { explain: false },
  grafserv: { graphqlPath: '/graphql', watch: false, graphiql: false },
};
const server = createServer();
server.on('error', (error) => {
  throw error;
});
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port, path: '/graphql' }));
process.on('disconnect', () => process.exit(0));
