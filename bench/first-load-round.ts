/**
 * One first load by the whole product: a hub process on an empty database between two sandboxes. Everything is timed by what
 * the hub itself has stored (log, journal) on the database's clock, from the moment at which it said that it is ready. At
 * the end both systems are compared in full, so that what was fast was also right.
 */
import pg from 'pg';
import type { Document } from '../src/base/document.js';
import type { ProjectedEntity } from '../src/canonical/entities.js';
import { openStage, type Stage } from '../test/support/stage.js';
import { compareSystems } from '../test/support/oracle.js';
import { watchMemory, type MemorySample } from './first-load-memory.js';

export interface Load {
  readonly databaseUrl: string;
  readonly products: number;
  /** Requests a second that the shop allows; 0 = any. */
  readonly rateLimit: number;
  readonly say: (line: string) => void;
}

export interface Loaded {
  /** From ready until the last record was in the shop. */
  readonly seconds: number;
  /** Records a second. */
  readonly captured: number;
  readonly ingested: number;
  readonly written: number;
  readonly writes: number;
  readonly peakMegabytes: number;
  readonly curve: readonly MemorySample[];
}

/** A record as the hub wrote it, for the peer. */
export interface WrittenRecord {
  readonly entity: ProjectedEntity;
  readonly externalId: string;
  readonly document: Document;
}

const till = 'mpluskassa';
const shop = 'softmaat';
const longestMs = 30 * 60_000;

/** `then` is called with the database while the hub is still there. */
export async function loadByHub(load: Load, then: (client: pg.Client) => Promise<void>): Promise<Loaded> {
  const stage = await openStage({ ...load, pollMs: 5_000 });
  const client = new pg.Client({ connectionString: load.databaseUrl });
  try {
    const hub = await stage.hub();
    if (hub.child.pid === undefined || hub.child.exitCode !== null) throw new Error('the hub did not start');
    await client.connect();
    const readyAt = await now(client);
    const memory = watchMemory(hub.child.pid);
    await untilQuiet(client, load);
    const { curve, peak } = memory.stop();
    await checkHonesty(stage, client);
    await then(client);
    return { ...(await timesOf(client, readyAt)), curve, peakMegabytes: peak };
  } finally {
    await client.end().catch(() => undefined);
    await stage.close();
  }
}

async function now(client: pg.Client): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
  return rows[0]?.now ?? new Date(NaN);
}

interface Progress {
  readonly captured: string;
  readonly behind: string;
  readonly open: string;
  readonly done: string;
}

/** Waits until nothing is on its way and nothing new has come for longer than the hub rests between two polls. */
async function untilQuiet(client: pg.Client, load: Load): Promise<void> {
  const deadline = performance.now() + longestMs;
  const restMs = load.products > 5_000 ? 5_000 : 200;
  let last = '';
  let quietSince = Infinity;
  for (let beat = 1; ; beat++) {
    const { rows } = await client.query<Progress>(
      `select
         (select coalesce(sum(next_offset), 0) from log_partition where topic like 'changes.%') as captured,
         (select coalesce(sum(p.next_offset - coalesce(c.next_offset, 0)), 0) from log_partition p
            left join consumer_position c on c.topic = p.topic and c.partition = p.partition
            where p.topic <> 'journal') as behind,
         count(*) filter (where state in ('pending', 'writing', 'in_doubt', 'retrying', 'waiting_for')) as open,
         count(*) filter (where state = 'in_sync') as done
       from projection`,
    );
    const progress = rows[0];
    if (progress === undefined) throw new Error('the database says nothing');
    const line = `${progress.captured} seen, ${progress.behind} behind, ${progress.open} open, ${progress.done} done`;
    if (beat % Math.ceil(30_000 / restMs) === 0) load.say(`  ${line}`);
    const isQuiet = progress.behind === '0' && progress.open === '0' && progress.done !== '0';
    if (!isQuiet || line !== last) quietSince = isQuiet ? performance.now() : Infinity;
    last = line;
    if (performance.now() - quietSince > 6_000) return;
    if (performance.now() > deadline) throw new Error(`not done after ${longestMs / 60_000} minutes: ${line}`);
    await new Promise((next) => setTimeout(next, restMs));
  }
}

async function checkHonesty(stage: Stage, client: pg.Client): Promise<void> {
  const { lost, doubled, compared } = await compareSystems(stage.till, stage.shop);
  const wrong = [...lost, ...doubled];
  if (wrong.length > 0) throw new Error(`the systems differ in ${wrong.length} places, first: ${wrong[0]}`);
  const { rows } = await client.query<{ n: string }>(`select count(*) as n from projection where state = 'in_sync'`);
  if (compared === 0 || rows[0]?.n === '0') throw new Error('nothing was loaded');
}

async function timesOf(client: pg.Client, readyAt: Date): Promise<Omit<Loaded, 'curve' | 'peakMegabytes'>> {
  const { rows } = await client.query<Record<'captured' | 'ingested' | 'written', string> & Record<'capturing' | 'ingesting' | 'seconds', number>>(
    `with log as (
       select count(*) as n, max(at) as last from log_entry where topic = 'changes.' || $2
     ), ingest as (
       select count(distinct trace_id) as n, max(at) as last from journal where system = $2 and step = 'applied'
     ), write as (
       select count(*) as n, max(at) as last from journal where system = $3 and step = 'written'
     )
     select log.n as captured, ingest.n as ingested, write.n as written,
       extract(epoch from log.last - $1)::float8 as capturing, extract(epoch from ingest.last - $1)::float8 as ingesting,
       extract(epoch from write.last - $1)::float8 as seconds
     from log, ingest, write`,
    [readyAt, till, shop],
  ); // prettier-ignore
  const [row] = rows;
  if (row === undefined) throw new Error('nothing was written');
  const { seconds } = row;
  return {
    seconds,
    writes: Number(row.written),
    captured: Number(row.captured) / row.capturing,
    ingested: Number(row.ingested) / row.ingesting,
    written: Number(row.written) / seconds,
  };
}

/** What the hub wrote, in the order in which it did. */
export async function writtenRecords(client: pg.Client): Promise<readonly WrittenRecord[]> {
  const { rows } = await client.query<WrittenRecord>(
    `select p.entity, p.external_id as "externalId", p.wanted as document
     from projection p
     join (select entity, canonical_id, min(position) as first from journal where system = $1 and step = 'written' group by 1, 2) w
       on w.entity = p.entity and w.canonical_id = p.canonical_id
     where p.target = $1 and p.wanted is not null
     order by array_position(array['category', 'product', 'variant', 'stock'], p.entity), w.first`,
    [shop],
  );
  return rows;
}
