/** One record that cannot be stored: it is put right or parked alone, and everything else goes on. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KoppelError } from '../../src/base/errors.js';
import type { MappingDefinition } from '../../src/mapping/mapping.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

/** Names lose their sixth unit, and all like it: one in the middle of a character if need be. */
const cutting: MappingDefinition = {
  key: 'shop-variant-out', direction: 'outbound', connector: 'shop', record: 'variant', entity: 'variant',
  rules: [
    { kind: 'copy', source: 'sku', target: 'sku' },
    { kind: 'expression', expression: 'record.name.split("").filter(u, u != record.name.split("")[5]).join("")', target: 'name' },
    { kind: 'copy', source: 'priceAmount', target: 'price.amount' },
  ],
}; // prettier-ignore

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target, [cutting]);
});
afterEach(() => world.close());

const variant = (id: string, fields = {}): Promise<void> =>
  world.put('variant', id, { product_id: 'p', sku: id, name: 'Plain name', price_amount: '10', ...fields });
const noSuchValue = `raise exception 'no such value' using errcode = '22P02';`;
/** The database refuses the row of a record in one state. */
const refuse = (id: string, state: string, raise = noSuchValue): Promise<unknown> =>
  world.database.query(
    `create or replace function refuse() returns trigger language plpgsql as $$ begin ${raise} end $$;
     create trigger refuse before update on projection for each row
     when (new.canonical_id = '${id}' and new.state = '${state}') execute function refuse()`,
  );
const accept = (): Promise<unknown> => world.database.query('drop trigger refuse on projection');
const problems = (): Promise<unknown> =>
  world.database.query('select record_key, code, status from parked order by record_key');

describe('a record of which a mapping cuts a character in half', () => {
  it('is written with a sign in its place, and hinders no other one', async () => {
    await variant('v1', { name: 'Name🙂' });
    await variant('v2');
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 2 });
    expect(target.record('variant', 'v1')?.document['name']).toBe('Name\ufffd');
    expect(target.ledger).toHaveLength(2);
    await variant('v1', { name: 'Name🙃' });
    await world.settle();
    expect(target.ledger).toHaveLength(2);
  });
});

describe('a record whose write the database cannot store', () => {
  it('is parked alone, until it goes through', async () => {
    for (const id of ['v1', 'v2', 'v3', 'v4', 'v5']) await variant(id);
    await refuse('v1', 'writing');
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 4, parked: 1 });
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'RECORD_UNSTORABLE' });
    expect(await problems()).toEqual([{ record_key: 'variant:v1', code: 'RECORD_UNSTORABLE', status: 'OPEN' }]);
    expect(await world.steps('v1')).toEqual(['parked parked']);
    await accept();
    await variant('v1', { name: 'Other' });
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 5 });
    expect(await problems()).toEqual([{ record_key: 'variant:v1', code: 'RECORD_UNSTORABLE', status: 'RESOLVED' }]);
  });

  it('keeps back nothing of what could be planned before something else failed', async () => {
    for (const id of ['v1', 'v2', 'v3', 'v4']) await variant(id);
    // The whole meets a value that is refused, the second half alone a database that is full.
    await world.database.query('create sequence tries');
    await refuse('v4', 'writing', `if nextval('tries') = 1 then ${noSuchValue} end if; raise 'full' using errcode = '53100';`); // prettier-ignore
    await world.look();
    const projector = world.projector();
    await projector.run(new AbortController().signal);
    expect(target.ledger).toHaveLength(2);
    await accept();
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 4 });
    expect(target.ledger).toHaveLength(4);
  });

  it('holds up nothing when not even that can be stored', async () => {
    for (const id of ['v1', 'v2', 'v3']) await variant(id);
    await world.database.query(
      `create function refuse() returns trigger language plpgsql as $$ begin
         raise exception 'no such value' using errcode = '22P02'; end $$;
       create trigger refuse before update on projection for each row
       when (new.canonical_id = 'v1') execute function refuse()`,
    );
    await world.look();
    const projector = world.projector();
    await projector.run(new AbortController().signal);
    expect(await world.states()).toEqual({ in_sync: 2, pending: 1 });
  });
});

describe('a record that cannot be evaluated', () => {
  it('is tried three times and then parked, and hinders no other one', async () => {
    await world.addFlow('customer');
    await world.put('customer', 'c1', { kind: 'PERSON', email: 'a@b.example', full_name: 'A B', addresses: [null] });
    for (const id of ['v1', 'v2', 'v3']) await variant(id);
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
    // A second try may have been due already.
    expect(await world.row('customer', 'c1')).toMatchObject({ state: 'retrying', reason_code: 'UNEXPECTED' });
    for (let i = 0; i < 3; i++) {
      await world.passTime();
      await world.settle();
    }
    expect(await world.row('customer', 'c1')).toMatchObject({ state: 'parked', reason_code: 'UNEXPECTED', attempt: 3 });
    expect(await problems()).toEqual([{ record_key: 'customer:c1', code: 'UNEXPECTED', status: 'OPEN' }]);
  });
});

describe('an answer with words that cannot be stored', () => {
  it('parks the record with what can be stored of them', async () => {
    target.answer = () => 'refused';
    target.quotes = () => 'not\u0000 this\ud83d';
    await variant('v1');
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('not this\ufffd'),
    });
    expect(await world.steps('v1')).toContain('parked parked');
    expect(target.calls).toBe(1);
  });

  it('keeps a lost write in doubt', async () => {
    target.target.find = () => {
      throw new KoppelError('SYSTEM_UNREACHABLE', { system: 'Shop', what: 'a\u0000b\udc00' });
    };
    target.answer = () => 'lost';
    await variant('v1');
    await world.settle();
    await world.passTime();
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_doubt', reason_code: 'SYSTEM_UNREACHABLE' });
  });
});

describe('an outcome that the database cannot store', () => {
  it('parks the record, and what was made is linked and looked at before anything else is written', async () => {
    for (const id of ['v1', 'v2']) await variant(id);
    await refuse('v1', 'in_sync');
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 1, parked: 1 });
    expect(await world.row('variant', 'v1')).toMatchObject({ reason_code: 'RECORD_UNSTORABLE' });
    expect(await problems()).toEqual([{ record_key: 'variant:v1', code: 'RECORD_UNSTORABLE', status: 'OPEN' }]);
    await accept();
    await variant('v1', { price_amount: '11' });
    await world.settle();
    await world.passTime();
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 2 });
    expect(target.ledger.filter((line) => line.endsWith('v1') && line.startsWith('create'))).toHaveLength(1);
    expect(target.ledger.at(-1)).toBe('update variant v1 price');
  });
});

describe('a doubt that the target cannot answer', () => {
  const doubted = async (id: string): Promise<void> => {
    const { answer } = target;
    target.answer = () => 'lost';
    await variant(id);
    await world.settle();
    target.answer = answer;
    await world.passTime();
    await world.settle();
  };
  const unanswered = (error: () => Error): (() => void) => {
    const { find } = target.target;
    target.target.find = () => Promise.reject(error());
    return () => (target.target.find = find);
  };

  it('parks the record when asking again cannot help, and it is looked for before it is written', async () => {
    const answer = unanswered(() => new KoppelError('AMBIGUOUS_MATCH', { system: 'Shop', what: 'two have it' }));
    await doubted('v1');
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'AMBIGUOUS_MATCH' });
    expect(await problems()).toMatchObject([{ record_key: 'variant:v1', status: 'OPEN' }]);
    answer();
    await variant('v1', { sku: 'v1-b' });
    await world.settle();
    await world.passTime();
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 1 });
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1-b sku']);
    expect(await problems()).toMatchObject([{ record_key: 'variant:v1', status: 'RESOLVED' }]);
  });

  it('of an update asks what the target holds before anything else is written', async () => {
    await variant('v1');
    await world.settle();
    const answer = unanswered(() => new KoppelError('AMBIGUOUS_MATCH', { system: 'Shop', what: 'two have it' }));
    target.answer = () => 'lost';
    await variant('v1', { name: 'Newer name' });
    await world.settle();
    await world.passTime();
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked' });
    answer();
    target.answer = () => 'written';
    await variant('v1', { name: 'Plain name' });
    await world.settle();
    expect(target.record('variant', 'v1')?.document['name']).toBe('Plainname');
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
  });

  it('is asked three times when that should not happen', async () => {
    unanswered(() => new Error('a bug'));
    await doubted('v1');
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_doubt', reason_code: 'UNEXPECTED' });
    for (let i = 0; i < 2; i++) {
      await world.passTime();
      await world.settle();
    }
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'UNEXPECTED', attempt: 3 });
    expect(await problems()).toMatchObject([{ record_key: 'variant:v1', code: 'UNEXPECTED', status: 'OPEN' }]);
  });

  it('stays in doubt while the target is not there', async () => {
    unanswered(() => new KoppelError('SYSTEM_UNREACHABLE', { system: 'Shop', what: 'refused' }));
    await doubted('v1');
    for (let i = 0; i < 3; i++) {
      await world.passTime();
      await world.settle();
    }
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_doubt', reason_code: 'SYSTEM_UNREACHABLE' });
    expect(await problems()).toEqual([]);
  });
});

describe('a write whose outcome the target never says', () => {
  const round = async (): Promise<void> => {
    await world.settle();
    await world.passTime();
  };

  it.each(['create', 'update'])('of a %s is sent some times, later and later, and then parked', async (kind) => {
    if (kind === 'update') {
      await variant('v1');
      await round();
    }
    const before = target.ledger.length;
    let sent = 0;
    target.answer = () => (sent++, 'dropped');
    await variant('v1', { price_amount: '11' });
    for (let i = 0; i < 30; i++) await round();
    expect(sent).toBe(8);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'WRITE_UNCONFIRMED' });
    expect(await problems()).toEqual([{ record_key: 'variant:v1', code: 'WRITE_UNCONFIRMED', status: 'OPEN' }]);
    target.answer = () => 'written';
    await variant('v1', { price_amount: '12' });
    await round();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
    expect(target.ledger).toHaveLength(before + 1);
  });

  it('waits longer after each time that it is found not to have taken effect', async () => {
    target.answer = () => 'dropped';
    await variant('v1');
    const waits: { ms: number; isDue: boolean }[] = [];
    for (let i = 0; i < 3; i++) {
      await world.look();
      const projector = world.projector();
      while ((await projector.run(new AbortController().signal)) !== 'idle');
      await world.passTime();
      await projector.run(new AbortController().signal);
      const [row] = await world.database.query<{ ms: number; isDue: boolean }>(
        `select extract(epoch from next_at - since)::float8 * 1000 as ms, next_at <= now() as "isDue" from projection where state = 'pending'`,
      );
      waits.push(row!);
      await world.passTime();
    }
    expect(waits[0]?.isDue).toBe(true);
    for (const { ms } of waits.slice(1)) expect(ms).toBeGreaterThan(0);
  });

  it('counts from the beginning once a write has taken effect', async () => {
    target.answer = (_, __, n) => (n % 3 === 0 ? 'written' : 'dropped');
    for (let i = 0; i < 10; i++) {
      await variant('v1', { price_amount: String(20 + i) });
      for (let j = 0; j < 6; j++) await round();
      expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
    }
    expect(await problems()).toEqual([]);
  });
});
