import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.js';
import { openStore, type Store } from './store.js';

interface Thing {
  readonly name: string;
}

let dataDir: string;
const opened: Store[] = [];

function open(system = 'test', products = 3): Store {
  const store = openStore({
    dataDir,
    system,
    seed: 1,
    products,
    clock: systemClock,
    seedInto(target, settings) {
      for (let at = 1; at <= settings.products; at++) target.table<Thing>('things').put(at, { name: `seeded ${at}` });
    },
  });
  opened.push(store);
  return store;
}

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'store-'));
});

afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the store of a sandbox', () => {
  it('resumes with what was committed, although nobody closed it', () => {
    const first = open();
    first.transaction(() => {
      first.table<Thing>('things').put(2, { name: 'changed' });
      first.table<Thing>('things').remove(3);
      first.record({ type: 'things', key: '2', op: 'rename' });
    });
    const second = open();
    expect([...second.table<Thing>('things').entries()]).toEqual([
      ['1', { name: 'seeded 1' }],
      ['2', { name: 'changed' }],
    ]);
    expect(second.ledger.after(0)).toMatchObject([{ seq: 1, type: 'things', key: '2', op: 'rename' }]);
  });

  it('takes a failed transaction back completely, in memory and on disk', () => {
    const store = open();
    const things = store.table<Thing>('things');
    const failing = (): void =>
      store.transaction(() => {
        things.put(1, { name: 'half' });
        things.put(9, { name: 'new' });
        store.record({ type: 'things', key: '1', op: 'rename' });
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect(things.get(1)).toEqual({ name: 'seeded 1' });
    expect(things.has(9)).toBe(false);
    expect(open().table<Thing>('things').has(9)).toBe(false);
    expect(store.ledger.lastSeq).toBe(0);
  });

  it('forgets a journal line that was cut by a kill', () => {
    const store = open();
    store.transaction(() => store.table<Thing>('things').put(1, { name: 'whole' }));
    appendFileSync(join(dataDir, 'state.jsonl'), '{"puts":[["things","1",{"na');
    const again = open();
    expect(again.table<Thing>('things').get(1)).toEqual({ name: 'whole' });
    again.transaction(() => again.table<Thing>('things').put(2, { name: 'later' }));
    expect(open().table<Thing>('things').get(2)).toEqual({ name: 'later' });
  });

  it('repairs a ledger that a kill kept from its last line', () => {
    const store = open();
    store.transaction(() => store.record({ type: 'things', key: '1', op: 'a' }));
    store.transaction(() => store.record({ type: 'things', key: '2', op: 'b' }));
    const path = join(dataDir, 'ledger.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -10));
    expect(
      open()
        .ledger.after(0)
        .map((line) => line.op),
    ).toEqual(['a', 'b']);
  });

  it('compacts a long journal at the next start without losing anything', () => {
    const store = open();
    for (let at = 0; at < 2_500; at++) {
      store.transaction(() => store.table<Thing>('things').put(1 + (at % 3), { name: `edit ${at}` }));
    }
    open();
    expect(readFileSync(join(dataDir, 'state.jsonl'), 'utf8').split('\n').length).toBeLessThan(5);
    expect(open().table<Thing>('things').get(1)).toEqual({ name: 'edit 2499' });
  });

  it('keeps the settings of its folder, and refuses the folder of another system', () => {
    open('test', 3);
    expect(open('test', 99).settings.products).toBe(3);
    expect(() => open('other')).toThrow(/holds test/);
  });

  it('goes back to the seeded records on reset', () => {
    const store = open();
    store.transaction(() => {
      store.table<Thing>('things').put(1, { name: 'changed' });
      store.record({ type: 'things', key: '1', op: 'rename' });
    });
    store.reset({ products: 2 });
    expect([...store.table<Thing>('things').values()]).toEqual([{ name: 'seeded 1' }, { name: 'seeded 2' }]);
    expect(store.ledger.after(0)).toEqual([]);
    expect(open().table<Thing>('things').size).toBe(2);
  });

  it('refuses changes outside of a transaction', () => {
    const store = open();
    expect(() => store.table<Thing>('things').put(1, { name: 'loose' })).toThrow(/outside a transaction/);
  });
});
