/** What a transaction is: statements in their order, all or none, also of those that are asked for at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { appendJournal, endWithJournal } from '../../src/store/journal.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase;
let database: Database;

beforeAll(async () => {
  world = await createTestDatabase();
  const options = { url: world.url, poolMax: 3, applicationName: 'koppel test' };
  database = openDatabase(options, { clock: systemClock, logger: silentLogger, failpoint: noFailpoint });
  await database.query('create table note (id serial primary key, text text unique not null)');
});
afterAll(async () => {
  await database.end();
  await world.drop();
});
beforeEach(async () => {
  await database.query('truncate note restart identity');
});

const texts = async (): Promise<unknown[]> =>
  (await database.query<{ text: string }>('select text from note order by id')).map(({ text }) => text);

describe('a transaction', () => {
  it('carries statements that are asked for at once out in their order, and gives each its own answer', async () => {
    const numbers = Array.from({ length: 200 }, (_, n) => n);
    const answers = await database.tx((tx) =>
      Promise.all(
        numbers.map(async (n) => {
          const name = n % 3 === 0 ? 'note-add' : undefined;
          const sql = 'insert into note (text) values ($1) returning id, text';
          return tx.query<{ id: number; text: string }>(sql, [String(n)], name);
        }),
      ),
    );
    expect(answers.map(([row]) => row)).toEqual(numbers.map((n) => ({ id: n + 1, text: String(n) })));
    expect(await texts()).toEqual(numbers.map(String));
  });

  it('fails with the first statement that fails, and nothing of it stays', async () => {
    const add = 'insert into note (text) values ($1)';
    const failing = database.tx((tx) =>
      Promise.all([
        tx.query(add, ['one'], 'note-insert'),
        tx.query(add, [null], 'note-insert'),
        tx.query(add, ['two'], 'note-insert'),
        tx.query('select 1 as never', [], 'note-never'),
      ]),
    );
    await expect(failing).rejects.toMatchObject({ code: '23502' });
    expect(await texts()).toEqual([]);
    // The same connection goes on, with the statements that were prepared and the one that could not be.
    await database.tx((tx) =>
      Promise.all([tx.query(add, ['three'], 'note-insert'), tx.query('select 1 as never', [], 'note-never')]),
    );
    expect(await texts()).toEqual(['three']);
  });

  it('fails with the first failure also when a later statement is heard of sooner', async () => {
    const deep = async (left: number, ask: () => Promise<unknown>): Promise<unknown> =>
      left === 0 ? ask() : await deep(left - 1, ask);
    const failing = database.tx((tx) =>
      Promise.all([deep(20, () => tx.query('insert into note (text) values (null)')), tx.query('select 1 as late')]),
    );
    await expect(failing).rejects.toMatchObject({ code: '23502' });
  });

  it('is repeated as a whole when it cannot be serialised with another one', async () => {
    await database.query(`insert into note (text) values ('a'), ('b')`);
    let [tries, held] = [0, 0];
    let isHeld = (): void => undefined;
    const bothHold = new Promise<void>((resolve) => (isHeld = resolve));
    const both = async (first: string, second: string): Promise<void> => {
      await database.tx(async (tx) => {
        tries++;
        const mark = `update note set text = text || '+' where text like $1 || '%'`;
        await tx.query(mark, [first]);
        // Each has its own row before it asks for the other's.
        if (++held === 2) isHeld();
        await bothHold;
        await Promise.all([tx.query(mark, [second]), tx.query('select 1 as other')]);
      });
    };
    await Promise.all([both('a', 'b'), both('b', 'a')]);
    expect(tries).toBe(3);
    expect((await texts()).sort()).toEqual(['a++', 'b++']);
  });

  it('does not begin on a connection that the server has ended, and the next one works', async () => {
    const ended = database.tx(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await database.query('select pg_terminate_backend($1)', [row?.pid]);
      await Promise.all([
        tx.query('insert into note (text) values ($1)', ['lost']),
        tx.query('insert into note (text) values ($1)', ['lost too']),
      ]);
    });
    await expect(ended).rejects.toThrow();
    await database.tx((tx) => tx.query('insert into note (text) values ($1)', ['kept']));
    expect(await texts()).toEqual(['kept']);
  });

  it('takes no more statements once it has ended', async () => {
    const late = await database.tx((tx) => Promise.resolve(tx));
    await expect(late.query('select 1 as late')).rejects.toMatchObject({ code: 'TRANSACTION_OVER' });
  });

  const add = 'insert into note (text) values ($1) returning text';

  it('ends with its last statement, which COMMIT goes with', async () => {
    const answer = await database.tx(async (tx) => {
      await tx.query(add, ['first']);
      const last = tx.last<{ text: string }>(add, ['last'], 'note-last');
      // Not in the hands of who asked any more.
      await expect(tx.query(add, ['late'])).rejects.toMatchObject({ code: 'TRANSACTION_OVER' });
      await expect(tx.last(add, ['late too'], 'note-last')).rejects.toMatchObject({ code: 'TRANSACTION_OVER' });
      return last;
    });
    expect(answer).toEqual([{ text: 'last' }]);
    expect(await texts()).toEqual(['first', 'last']);
  });

  it('is taken back as a whole when its last statement fails, and says why', async () => {
    const failed = database.tx(async (tx) => {
      await tx.query(add, ['first']);
      await tx.last(add, ['first'], 'note-last');
    });
    await expect(failed).rejects.toMatchObject({ code: '23505' });
    expect(await texts()).toEqual([]);
  });

  it('never looks as if it were stored when a statement failed that nobody waited for', async () => {
    const failed = database.tx(async (tx) => {
      tx.query(add, [null]).catch(() => undefined);
      return Promise.resolve('all is well');
    });
    await expect(failed).rejects.toMatchObject({ code: '23502' });
    expect(await texts()).toEqual([]);
  });

  it('is taken back when its last statement could not be sent at all', async () => {
    const unsendable = {
      toPostgres() {
        throw new Error('this has no text');
      },
    };
    const failed = database.tx(async (tx) => {
      await tx.query(add, ['beside it']);
      await tx.last(add, [unsendable], 'note-last');
    });
    await expect(failed).rejects.toThrow('this has no text');
    expect(await texts()).toEqual([]);
  });

  it('that cannot number its steps stores nothing', async () => {
    await database.query(`delete from log_partition where topic = 'journal'`);
    const step = { traceId: 'trc_1', step: 'applied', outcome: 'updated' } as const;
    for (const store of [appendJournal, endWithJournal]) {
      const failed = database.tx(async (tx) => {
        await tx.query(add, ['beside it']);
        await store(tx, [step]);
      });
      await expect(failed).rejects.toMatchObject({ code: '22012' });
    }
    expect(await texts()).toEqual([]);
  });
});
