/** What the hub's own tables say after a run that went wrong: where the stages stand and what is not in sync. */
import pg from 'pg';

const questions: Readonly<Record<string, string>> = {
  'capture positions': `select system, stream, position, state, stopped_code, lease_until > clock_timestamp() as held from capture_position order by 1, 2`,
  'consumer positions': `select c.consumer, c.topic, c.partition, c.next_offset, p.next_offset as "end" from consumer_position c
    join log_partition p using (topic, partition) where c.next_offset < p.next_offset order by 1, 2, 3`,
  projections: `select entity, state, reason_code, left(reason, 90) as reason, next_at is not null as due, count(*)::int from projection group by 1, 2, 3, 4, 5 order by 1, 2`,
  problems: `select stage, code, left(message, 120) as message, status, count(*)::int from parked group by 1, 2, 3, 4 limit 10`,
  systems: `select key, status, status_reason, last_error_code, last_error_message from system`,
  flows: `select key, state, state_reason from flow`,
};

/** Of a record that is lost: what the hub knows of it. */
const aboutOne: Readonly<Record<string, string>> = {
  order: 'select * from sales_order where id = $1',
  customer: 'select * from customer where id = $1',
  references: 'select * from external_reference where canonical_id = $1',
  projections: 'select * from projection where canonical_id = $1',
  problems: 'select * from parked where canonical_id = $1',
  journal: `select position, at, step, outcome, system, code, message, detail from journal where canonical_id = $1 order by position desc limit 60`,
};
const mostRecords = 8;

/** `lost`: lines that name records of the hub. */
export async function diagnose(
  databaseUrl: string,
  lost: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  for (const [title, question] of Object.entries(questions)) {
    const { rows } = await client.query<Record<string, unknown>>(question);
    say(`${title}:`);
    for (const row of rows) say(`  ${JSON.stringify(row)}`);
  }
  const ids = new Set(lost.flatMap((line) => /\b(?:ord|cus)_[0-9A-Z]{26}\b/.exec(line) ?? []));
  for (const id of [...ids].slice(0, mostRecords)) {
    for (const [title, question] of Object.entries(aboutOne)) {
      const { rows } = await client.query<Record<string, unknown>>(question, [id]);
      for (const row of rows) say(`${id} ${title}: ${JSON.stringify(row)}`);
    }
  }
  await client.end();
}
