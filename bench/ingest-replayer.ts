/**
 * The bound: a bare script that sends recorded statements again, with the same parameters, prepared under the same names, over
 * as many connections as the hub used, and does nothing else.
 */
import pg from 'pg';
import type { Recorded, Statement } from './ingest-hub.js';

export interface Replayer {
  /** Returns seconds. */
  replay(recorded: readonly Recorded[]): Promise<number>;
  close(): Promise<void>;
}

export async function openReplayer(url: string, connections = 3): Promise<Replayer> {
  const clients = Array.from(
    { length: connections },
    () => new pg.Client({ connectionString: url, application_name: 'bench bound' }),
  );
  for (const client of clients) await client.connect();
  return {
    async replay(recorded) {
      const lanes = toLanes(recorded);
      const started = performance.now();
      await Promise.all(
        clients.map(async (client) => {
          for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
            for (const step of lane) await send(client, step);
          }
        }),
      );
      return (performance.now() - started) / 1000;
    },
    async close() {
      for (const client of clients) await client.end();
    },
  };
}

/** What concerns one partition stays in order; partitions run beside each other, as in the hub. */
function toLanes(recorded: readonly Recorded[]): Recorded[][] {
  const lanes = new Map<unknown, Recorded[]>();
  for (const step of recorded) {
    const partition = partitionOf(step);
    const lane = lanes.get(partition);
    if (lane === undefined) lanes.set(partition, [step]);
    else lane.push(step);
  }
  return [...lanes.values()];
}

function partitionOf(step: Recorded): unknown {
  const first = step.type === 'statement' ? step.statement : step.statements[0];
  if (first?.name === 'log-read') return first.values[1];
  return first?.name === 'positions-move' ? first.values[2] : 'other';
}

async function send(client: pg.Client, step: Recorded): Promise<void> {
  if (step.type === 'statement') return query(client, step.statement);
  await client.query('begin');
  for (const statement of step.statements) await query(client, statement);
  await client.query('commit');
}

async function query(client: pg.Client, { text, values, name }: Statement): Promise<void> {
  await client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
}
