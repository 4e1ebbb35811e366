/** Rows that go to Postgres in one parameter arrive as they were, and what cannot be told apart is refused as a value. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { isValueRefused } from '../../src/base/refused-value.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import {
  hasSeparators,
  joinLines,
  joinParts,
  makeLine,
  textRows,
  unstorableLine,
  withoutSeparators,
} from '../../src/store/text-rows.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let made: TestDatabase;
let database: Database;

beforeAll(async () => {
  made = await createTestDatabase();
  const base = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  database = openDatabase({ url: made.url, poolMax: 2, applicationName: 'test' }, base);
}, 60_000);
afterAll(async () => {
  await database.end();
  await made.drop();
});

const columns = {
  id: 'text',
  count: 'integer',
  price: 'numeric',
  isOn: 'boolean',
  codes: 'text[]',
  more: 'jsonb',
  at: 'timestamptz',
} as const;
const line = makeLine(columns);
const read = (text: string): Promise<Record<string, unknown>[]> =>
  database.query(
    `select id, count, price, "isOn", codes, more, to_char(at at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.MS') as at
     from ${textRows(1, columns)} r order by place`,
    [text],
  );

const nothing = { id: null, count: null, price: null, isOn: null, codes: null, more: null, at: null };
const full = {
  id: 'a',
  count: -3,
  price: '12.340000',
  isOn: false,
  codes: ['1', '', 'null', 'a"b\\c,{d}', 'é\n'],
  more: { text: 'a\u001e\u001f\u001ab"\\', list: [1, null, true] },
  at: '2026-03-01T10:00:00.125Z',
};

describe('rows as text', () => {
  it('keep their order and every value of every type', async () => {
    const odd = { ...nothing, id: ' \t"x\\\',{}()\r\n', codes: [], more: null };
    const rows = [full, nothing, odd, { ...nothing, id: '' }, { ...nothing, id: 'null', isOn: true, more: [] }];
    const found = await read(joinLines(rows.map((row) => line(row))));
    expect(found).toEqual([{ ...full, at: '2026-03-01 10:00:00.125' }, ...rows.slice(1)]);
  });

  it('may lack columns, be put together of parts, and be none', async () => {
    const [first, rest] = [makeLine({ id: 'text', count: 'integer' }), makeLine({ price: 'numeric', isOn: 'boolean', codes: 'text[]', more: 'jsonb', at: 'timestamptz' })]; // prettier-ignore
    expect(await read(joinLines([joinParts(first({ id: 'a' }), rest({ price: '1' })), line({ count: 2 })]))).toEqual([
      { ...nothing, id: 'a', price: '1' },
      { ...nothing, count: 2 },
    ]);
    expect(await read(joinLines([]))).toEqual([]);
  });

  it('refuse as a value a line that has too many values or none', async () => {
    const odd = ['a\u001fb', 'a\u001eb'].map((id) => line({ ...full, id }));
    for (const each of [...odd, unstorableLine]) {
      const refused = await read(joinLines([line(full), each])).catch((error: unknown) => error);
      expect(isValueRefused(refused)).toBe(true);
    }
  });

  it.each(['a\u001fb', 'a\u001eb', '\u001a'])('know a text that would be taken for several: %j', async (id) => {
    expect([hasSeparators(id), hasSeparators(null), hasSeparators('a')]).toEqual([true, false, false]);
    const cleaned = withoutSeparators(id);
    expect(await read(line({ ...nothing, id: cleaned }))).toEqual([{ ...nothing, id: cleaned }]);
  });
});
