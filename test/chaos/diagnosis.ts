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

export async function diagnose(databaseUrl: string, say: (line: string) => void): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  for (const [title, question] of Object.entries(questions)) {
    const { rows } = await client.query<Record<string, unknown>>(question);
    say(`${title}:`);
    for (const row of rows) say(`  ${JSON.stringify(row)}`);
  }
  await client.end();
}
