/**
 * How long it takes to find out what a mapping would do to all records: 100,000 simple products in step with the shop, of
 * which one in ten, and then every one, would be written. Beside it: the same records read by a bare script, row by row as
 * they are stored, without mapping or comparing anything.
 */
import pg from 'pg';
import { systemClock } from '../src/base/clock.js';
import type { Document } from '../src/base/document.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { silentLogger } from '../src/base/logger.js';
import { catalogueFlows, sample } from '../src/config/sample.js';
import { canonicalTopic } from '../src/log/change-log.js';
import { compileMapping } from '../src/mapping/compile.js';
import type { MappingDefinition, Rule } from '../src/mapping/mapping.js';
import * as aliases from '../src/store/reference-aliases.js';
import * as merges from '../src/store/customer-merges.js';
import * as erasures from '../src/store/erasures.js';
import * as documents from '../src/store/canonical-documents.js';
import * as numbers from '../src/store/allocated-numbers.js';
import * as references from '../src/store/target-references.js';
import * as situations from '../src/store/order-situations.js';
import * as storedConfiguration from '../src/store/configuration.js';
import * as owners from '../src/store/field-owners.js';
import * as discovered from '../src/store/discovered-fields.js';
import { openDatabase, type Database } from '../src/store/database.js';
import * as impacts from '../src/store/impacts.js';
import { headOf } from '../src/store/log-heads.js';
import { migrate } from '../src/store/migrate.js';
import * as rows from '../src/store/projection-rows.js';
import * as shipped from '../src/store/shipped.js';
import { makeConfiguration } from '../src/sync/configuration-source.js';
import { makeImpact } from '../src/sync/impact.js';
import { installDefaults, installDemo } from '../src/sync/install.js';
import { evaluate } from '../src/sync/project-evaluate.js';
import { connectors } from '../src/systems/connectors.js';
import type { BenchOptions } from './options.js';
import { measurement, within, type Measurement } from './report.js';
import { admin, openServer, withDatabase } from './server.js';

const usual = 100_000;
const mostSeconds = 20;
const stores = { documents, erasures, merges, situations, references, aliases, numbers };

export async function benchImpact(options: BenchOptions): Promise<readonly Measurement[]> {
  const products = options.products ?? usual;
  const server = await openServer(options.say);
  const name = `koppel_bench_${process.pid}_impact`;
  await admin(server.url, `create database ${name}`);
  const url = withDatabase(server.url, name);
  const base = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  await migrate(url);
  const database = openDatabase({ url, poolMax: 4, applicationName: 'bench' }, base);
  const store = { ...storedConfiguration, ...discovered };
  const configuration = makeConfiguration({ ...base, database, store, connectors, compile: compileMapping, openSecrets: ({ connector }): Document => (connector === 'mpluskassa' ? { secret: 'x' } : { token: 'x' }) }); // prettier-ignore
  try {
    const install = { database, store: storedConfiguration, shipped, owners };
    await installDefaults(install, connectors);
    const ports = { requestTimeoutMs: 1_000, sandboxMpluskassaPort: 1, sandboxSoftmaatPort: 2, pollMs: 60_000 };
    await installDemo(install, { ...sample(ports), flows: catalogueFlows, sealSecrets: () => Buffer.from('{}') });
    await configuration.start();
    await fill(database, products);
    options.say(`${products.toLocaleString('en')} products are there`);
    const definition = configuration.current().outbound('softmaat', 'variant')?.compiled.definition;
    if (definition === undefined) throw new Error('the shipped mapping is not there');
    await bringInStep(database, configuration, products);
    const impact = makeImpact({
      callMs: () => Promise.resolve(null),
      concurrency: 1,
      database, configuration, stores, compile: compileMapping, rows, impacts,
      canonicalHead: (tx) => headOf(tx, canonicalTopic),
    }); // prettier-ignore
    const seconds = { some: [] as number[], all: [] as number[], bare: [] as number[] };
    for (let round = 1; round <= (options.rounds ?? 3); round++) {
      for (const [which, rule, expected] of [
        ['some', someBrands, products / 10],
        ['all', allBrands, products],
      ] as const) {
        const job = `job_${which}_${round}`;
        await database.query(`insert into job (id, kind, input, created_by) values ($1, 'IMPACT_ANALYSIS', '{}', 'bench')`, [job]); // prettier-ignore
        const from = performance.now();
        const report = await impact(job, { definition: withBrand(definition, rule), lists: new Map() }, () => Promise.resolve()); // prettier-ignore
        seconds[which].push((performance.now() - from) / 1_000);
        if (report.changed !== expected || report.evaluated !== products)
          throw new Error(`${report.changed} of ${report.evaluated} would be written, not ${expected} of ${products}`);
      }
      seconds.bare.push(await readBare(url));
      options.say(
        `round ${round}: a tenth ${seconds.some.at(-1)?.toFixed(1)} s, all ${seconds.all.at(-1)?.toFixed(1)} s`,
      );
    }
    return [
      within(`impact on ${products} products, a tenth changes`, seconds.some, 's', mostSeconds * (products / usual)),
      within(`impact on ${products} products, all change`, seconds.all, 's', mostSeconds * (products / usual)),
      measurement('the same rows read by a bare script', seconds.bare, 's'),
    ];
  } finally {
    await configuration.stop();
    await database.end();
    await admin(server.url, `drop database if exists ${name} with (force)`);
    await server.close();
  }
}

const allBrands: Rule = { kind: 'constant', target: 'brand', value: 'Koppel' };
const someBrands: Rule = {
  kind: 'condition',
  target: 'brand',
  rows: [{ when: { expression: 'record.sku.endsWith("7")' }, then: { constant: 'Koppel' } }],
  otherwise: { copy: 'product.brand' },
  whenEmpty: 'clear',
};
const withBrand = (definition: MappingDefinition, rule: Rule): MappingDefinition => ({
  ...definition,
  rules: definition.rules.map((each) => (each.target === 'brand' ? rule : each)),
});

async function fill(database: Database, products: number): Promise<void> {
  const statements = [
    `insert into product (id, version, content_hash, type, code, name, brand, description, provenance, attributes)
     select 'prd_' || lpad(i::text, 26, '0'), 1, 'h', 'SIMPLE', i::text, 'Product ' || i, 'Merk ' || i % 40, repeat('Een lange tekst. ', 20),
       '{"*": "mpluskassa"}', '[{"code": "materiaal", "value": "katoen"}]' from generate_series(1, $1::integer) i`,
    `insert into variant (id, version, content_hash, product_id, position, sku, name, price_amount, price_currency, price_includes_tax,
       tax_class, tax_rate, tracks_stock, provenance)
     select 'var_' || lpad(i::text, 26, '0'), 1, 'h', 'prd_' || lpad(i::text, 26, '0'), 0, i::text, 'Product ' || i, 19.95, 'EUR', true, '1', 21, true,
       '{"*": "mpluskassa"}' from generate_series(1, $1::integer) i`,
    `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
     select 'softmaat', 'variant', 's' || i, 'var_' || lpad(i::text, 26, '0'), i::text, 'CREATED' from generate_series(1, $1::integer) i`,
    `insert into projection (target, entity, canonical_id, flow, state, external_id)
     select 'softmaat', 'variant', 'var_' || lpad(i::text, 26, '0'), 'products-to-softmaat', 'in_sync', 's' || i from generate_series(1, $1::integer) i`,
  ];
  for (const statement of statements) await database.query(statement, [products]);
  for (const table of ['product', 'variant', 'external_reference', 'projection'])
    await database.query(`analyze ${table}`);
}

/** What the shop holds is what the published mapping makes. */
async function bringInStep(
  database: Database,
  configuration: ReturnType<typeof makeConfiguration>,
  products: number,
): Promise<void> {
  const current = configuration.current();
  const system = current.systems.get('softmaat')!;
  const part = { target: 'softmaat', entity: 'variant', flows: ['products-to-softmaat'] } as const;
  for (let after = '', done = 0; done < products;) {
    const found = await database.tx((tx) => rows.rowsAfter(tx, part, after, 2_000));
    const { evaluated } = await database.tx((tx) => evaluate(stores, tx, current, system, found));
    const made = evaluated.flatMap(({ row, plan }) => (plan.type === 'write' ? [{ id: row.canonicalId, document: plan.document }] : [])); // prettier-ignore
    await database.query(
      `update projection p set wanted = d.document, held = d.document
       from json_to_recordset($1::json) as d(id text, document jsonb) where p.entity = 'variant' and p.canonical_id = d.id`,
      [JSON.stringify(made)],
    );
    if (made.length !== found.length) throw new Error(`only ${made.length} of ${found.length} records can be written`);
    after = found.at(-1)?.canonicalId ?? '';
    done += found.length;
  }
}

async function readBare(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const from = performance.now();
  for (let after = ''; ;) {
    const { rows: found } = await client.query<{ canonical_id: string }>(
      `select p.*, v.*, d.* from projection p join variant v on v.id = p.canonical_id join product d on d.id = v.product_id
       where p.canonical_id > $1 order by p.canonical_id limit 500`,
      [after],
    );
    if (found.length === 0) break;
    after = found.at(-1)!.canonical_id;
  }
  await client.end();
  return (performance.now() - from) / 1_000;
}
