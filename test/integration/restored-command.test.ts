/** `npm run restored`, as an operator calls it: what it says, what it does to the database, and how it ends. */
import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '../support/database.js';

const restored = (url: string) => {
  const env = { ...process.env, KOPPEL_DATABASE_URL: url };
  const { status, stderr } = spawnSync(process.execPath, ['dist/src/cli/restored.js'], { env, encoding: 'utf8' });
  return { status, said: stderr.trim().split('\n')[0] };
};

it('closes every flow that is in use until it is compared, and says how many', async () => {
  const database = await createTestDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    expect(restored(database.url)).toEqual({ status: 0, said: 'No flow is in use; there is nothing to compare.' });
    await client.query(`insert into system (id, key, name, connector, status) values ('s1', 'till', 'Till', 'mpluskassa', 'CONNECTED'), ('s2', 'shop', 'Shop', 'softmaat', 'CONNECTED')`); // prettier-ignore
    for (const [id, state] of [['a', 'ENABLED'], ['b', 'PAUSED'], ['c', 'DRAFT']]) {
      await client.query(
        `insert into flow (id, key, name, entity, source, target, settings, state) values ($1, $1, $1, 'category', 'till', 'shop', '{}', $2)`,
        [`flow-${id}`, state],
      );
    } // prettier-ignore
    expect(restored(database.url)).toEqual({ status: 0, said: '2 flow(s) are compared before they write again.' });
    const { rows } = await client.query('select key from flow where verifying is not null order by key');
    expect(rows).toEqual([{ key: 'flow-a' }, { key: 'flow-b' }]);
  } finally {
    await client.end();
    await database.drop();
  }
}, 60_000);

it('names the variable when it is no address, and the database when nobody answers', () => {
  expect(restored('')).toEqual({ status: 3, said: 'KOPPEL_DATABASE_URL names no database' });
  const silent = restored('postgres://koppel:koppel@127.0.0.1:1/koppel');
  expect(silent).toEqual({ status: 1, said: expect.stringMatching(/^The database cannot be reached: /) as unknown });
}, 30_000);
