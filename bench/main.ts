/** `npm run bench -- <name> [--json] [--products N] [--rounds N] [--baskets N] [--orders N] [--changes N] [--seconds N] [--parts a,b] [--quick]`: reproducible benchmarks: speeds beside their peers, and baskets, where being exact is the measure. */
import { parseArgs } from 'node:util';
import { leavingNothing } from './ending.js';
import type { BenchOptions } from './options.js';
import { report, type Measurement } from './report.js';

/** Loaded when asked for, so that one benchmark does not need what another one does. */
const benchmarks: Readonly<Record<string, () => Promise<(options: BenchOptions) => Promise<readonly Measurement[]>>>> =
  {
    ingest: async () => (await import('./ingest.js')).benchIngest,
    'first-load': async () => (await import('./first-load.js')).benchFirstLoad,
    orders: async () => (await import('./orders.js')).benchOrders,
    baskets: async () => (await import('./baskets.js')).benchBaskets,
    mapping: async () => (await import('./mapping.js')).benchMapping,
    graphql: async () => (await import('./graphql.js')).benchGraphql,
    impact: async () => (await import('./impact.js')).benchImpact,
    kafka: async () => (await import('./kafka.js')).benchKafka,
    dashboard: async () => (await import('./dashboard.js')).benchDashboard,
  };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    products: { type: 'string' },
    rounds: { type: 'string' },
    baskets: { type: 'string' },
    orders: { type: 'string' },
    changes: { type: 'string' },
    seconds: { type: 'string' },
    parts: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const load = benchmarks[positionals[0] ?? ''];
if (load === undefined) {
  process.stderr.write(
    `Usage: npm run bench -- <${Object.keys(benchmarks).join('|')}> [--json] [--products N] [--rounds N] [--baskets N] [--orders N] [--changes N] [--seconds N] [--parts a,b] [--quick]\n`,
  );
  process.exit(64);
}
const options: BenchOptions = {
  products: values.products === undefined ? undefined : Number(values.products),
  rounds: values.rounds === undefined ? undefined : Number(values.rounds),
  baskets: values.baskets === undefined ? undefined : Number(values.baskets),
  orders: values.orders === undefined ? undefined : Number(values.orders),
  changes: values.changes === undefined ? undefined : Number(values.changes),
  seconds: values.seconds === undefined ? undefined : Number(values.seconds),
  quick: values.quick,
  parts: values.parts?.split(','),
  say: (line) => process.stderr.write(`${line}\n`),
};
const measurements = await leavingNothing(async () => (await load())(options));
process.exitCode = report(measurements, values.json) ? 0 : 1;
