/** Records with what a mapping should make of them (table `mapping_test`). */
import type { Document, Json } from '../base/document.js';
import type { Query } from './database.js';

export interface MappingTest {
  readonly id: string;
  /** Key of the mapping. */
  readonly mapping: string;
  readonly name: string;
  readonly operation: 'create' | 'update';
  readonly input: Document;
  readonly expected: Json;
}

export async function listTests(query: Query, mapping: string): Promise<readonly MappingTest[]> {
  return query.query<MappingTest & Record<string, unknown>>(
    'select id, mapping, name, operation, input, expected from mapping_test where mapping = $1 order by name',
    [mapping],
  );
}

export async function findTest(query: Query, id: string): Promise<MappingTest | null> {
  const [row] = await query.query<MappingTest & Record<string, unknown>>(
    'select id, mapping, name, operation, input, expected from mapping_test where id = $1',
    [id],
  );
  return row ?? null;
}

/** Stores a test; one of the same mapping and name is replaced. Returns its id. */
export async function saveTest(query: Query, test: MappingTest): Promise<string> {
  const [row] = await query.query<{ id: string }>(
    `insert into mapping_test (id, mapping, name, operation, input, expected) values ($1, $2, $3, $4, $5, $6)
     on conflict (mapping, name) do update
     set operation = excluded.operation, input = excluded.input, expected = excluded.expected, updated_at = now()
     returning id`,
    [test.id, test.mapping, test.name, test.operation, JSON.stringify(test.input), JSON.stringify(test.expected)],
  );
  return row?.id ?? test.id;
}

export async function deleteTest(query: Query, id: string): Promise<boolean> {
  const rows = await query.query('delete from mapping_test where id = $1 returning 1 as deleted', [id]);
  return rows.length > 0;
}
