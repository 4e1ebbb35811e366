/**
 * How fast changes become canonical rows, beside three peers, all in one interleaved run on databases that start equal:
 * the same statements with the same parameters sent by a bare script (what the database can do), an ORM that saves the same
 * rows one by one, and the hub itself when nothing has changed. Every round changes the name and all prices of every product.
 */
import pg from 'pg';
import { migrate } from '../src/store/migrate.js';
import { benchMapping } from './ingest-documents.js';
import { openHub } from './ingest-hub.js';
import { openOrm } from './ingest-orm.js';
import { openReplayer } from './ingest-replayer.js';
import type { BenchOptions } from './options.js';
import { measurement, type Measurement } from './report.js';
import { admin, openServer, withDatabase } from './server.js';

const sampleOfOrm = 150;

export async function benchIngest(options: BenchOptions): Promise<readonly Measurement[]> {
  const products = options.products ?? 6_000;
  const rounds = Math.max(options.rounds ?? 5, 1);
  const server = await openServer(options.say);
  try {
    return await measure(server.url, products, rounds, options.say);
  } finally {
    await server.close();
  }
}

async function measure(
  server: string,
  products: number,
  rounds: number,
  say: (line: string) => void,
): Promise<readonly Measurement[]> {
  const mapping = benchMapping();
  const names = ['hub', 'bound', 'orm'].map((name) => `koppel_bench_${process.pid}_${name}`);
  const [hubUrl = '', boundUrl = '', ormUrl = ''] = names.map((name) => withDatabase(server, name));
  const [hubName = '', ...copies] = names;
  await admin(server, `create database ${hubName}`);
  try {
    await migrate(hubUrl);
    say(`loading ${products} products …`);
    const loader = openHub(hubUrl, mapping);
    await loader.show(products, 0);
    await loader.ingest();
    await loader.close();
    await admin(hubUrl, 'vacuum analyze');
    for (const copy of copies) await admin(server, `create database ${copy} template ${hubName}`);

    const hub = openHub(hubUrl, mapping);
    const bound = await openReplayer(boundUrl);
    const orm = await openOrm(ormUrl);
    const speeds = { changed: [] as number[], bound: [] as number[], orm: [] as number[], unchanged: [] as number[] };
    // One round more than is counted, so that every plan is made and every cache is warm.
    for (let round = 0; round <= rounds; round++) {
      await hub.show(products, round + 1);
      await bound.replay(hub.recorded());
      const changed = products / (await hub.ingest());
      const atBound = products / (await bound.replay(hub.recorded()));
      const atOrm = sampleOfOrm / (await orm.saveChanged(sampleOfOrm, round + 1));
      await hub.show(products, round + 1);
      await bound.replay(hub.recorded());
      const unchanged = products / (await hub.ingest());
      await bound.replay(hub.recorded());
      say(
        `round ${round}: ${changed.toFixed()} changed/s, bound ${atBound.toFixed()}, orm ${atOrm.toFixed()}, unchanged ${unchanged.toFixed()}`,
      );
      if (round === 0) continue;
      speeds.changed.push(changed);
      speeds.bound.push(atBound);
      speeds.orm.push(atOrm);
      speeds.unchanged.push(unchanged);
    }
    const counts = hub.counts();
    await hub.close();
    await bound.close();
    await orm.close();
    await checkHonesty(hubUrl, boundUrl, counts, products, rounds);
    return toMeasurements(speeds);
  } finally {
    for (const name of names) await admin(server, `drop database if exists ${name} with (force)`);
  }
}

/** The hub must have done the work, and the bound the same work: equal rows, equal events. */
async function checkHonesty(
  hubUrl: string,
  boundUrl: string,
  counts: Readonly<Record<string, number>>,
  products: number,
  rounds: number,
): Promise<void> {
  const expected = products * (rounds + 1);
  if (counts['updated'] !== expected || counts['unchanged'] !== expected) {
    throw new Error(
      `expected ${expected} updated and unchanged changes, but the hub counted ${JSON.stringify(counts)}`,
    );
  }
  const [ofHub, ofBound] = [await fingerprint(hubUrl), await fingerprint(boundUrl)];
  if (ofHub !== ofBound) throw new Error(`the bound did other work than the hub: ${ofBound} instead of ${ofHub}`);
}

async function fingerprint(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ fingerprint: string }>(
    `select concat_ws(' ',
       (select md5(string_agg(id || version || content_hash, '' order by id)) from product),
       (select md5(string_agg(id || version || content_hash, '' order by id)) from variant),
       (select md5(string_agg(external_id || source_version || content_hash, '' order by entity, external_id)) from external_reference),
       (select count(*) from log_entry where topic = 'canonical'), (select count(*) from journal)) as fingerprint`,
  );
  await client.end();
  return rows[0]?.fingerprint ?? '';
}

function toMeasurements(speeds: Readonly<Record<'changed' | 'bound' | 'orm' | 'unchanged', number[]>>): Measurement[] {
  const unit = 'changes/s';
  const bound = { name: 'ingest-bound', values: speeds.bound, bar: 0.6 };
  return [
    measurement('ingest-changed', speeds.changed, unit, bound),
    measurement('ingest-bound', speeds.bound, unit),
    measurement('ingest-changed-to-orm', speeds.changed, unit, { name: 'ingest-orm', values: speeds.orm, bar: 20 }),
    measurement('ingest-orm', speeds.orm, unit),
    measurement('ingest-unchanged', speeds.unchanged, unit, { name: 'ingest-changed', values: speeds.changed, bar: 3 }),
  ];
}
