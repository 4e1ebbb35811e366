/** Who follows flows, runs, systems, mappings and problems: what is told, to whom, and what waiting costs. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { endSockets, signedInSocket, subscribeMessage, type SocketClient } from '../support/graph-socket.js';
import { until } from '../support/wait.js';

const idle = Number(process.env['KOPPEL_TEST_SUBSCRIBERS'] ?? 1_000);

let world: GraphWorld;
let many: Database;
beforeAll(async () => {
  world = await openGraphWorld({ socketLimits: { socketsPerKey: 50, recheckMs: 200 } });
  await fillCatalogue(world.database, 1);
  await world.database.query(
    `insert into mapping (id, key, connector, direction, record, entity, published_version) values ('map_1', 'm', 'softmaat', 'outbound', 'r', 'product', 1)`,
  );
  await world.database.query(
    `insert into mapping_version (mapping, version, definition) values ('m', 1, '{"key": "m", "connector": "softmaat", "direction": "outbound", "record": "r", "entity": "product", "rules": []}')`,
  );
  const [row] = await world.database.query<{ name: string }>('select current_database() as name');
  const address = new URL(process.env['KOPPEL_TEST_SERVER']!);
  address.pathname = `/${row!.name}`;
  many = openDatabase(
    { url: address.href, poolMax: 10, applicationName: 'koppel writers' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
}, 60_000);
afterEach(endSockets);
afterAll(async () => {
  await many.end();
  await world.close();
});

type Told = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
const toldTo = (client: SocketClient, field: string, id = '1'): Told[] =>
  client.got
    .filter((message) => message.type === 'next' && message.id === id)
    .map(({ payload }) => {
      expect(payload.errors).toBeUndefined();
      return payload.data[field] as Told;
    });
const follow = async (text: string, variables: object = {}, key = world.adminKey): Promise<SocketClient> => {
  const client = await signedInSocket(world.url, key);
  client.send(subscribeMessage('1', text, variables));
  return client;
};
const last = (client: SocketClient, field: string, wanted: object) =>
  until(
    () => {
      const told = toldTo(client, field).at(-1);
      return told !== undefined && Object.entries(wanted).every(([name, value]) => told[name] === value);
    },
    { what: `${field} ${JSON.stringify(wanted)}; got ${JSON.stringify(client.got).slice(0, 600)}` },
  );

const parkSql = `insert into parked (id, stage, system, flow, entity, record_key, trace_id, code, message, hint, classification, fingerprint, payload)
  values ($1, 'project', 'softmaat', 'products', $2, $1, 'trc_1', 'RECORD_REFUSED', 'Jansen is refused', 'h', 'VALUE', 'f', '{}')`;
const park = (id: string, entity = 'product', database = world.database) => database.query(parkSql, [id, entity]);

describe('following states', () => {
  it('begins with the flow as it is and tells each state that it rests in', async () => {
    const client = await follow(
      'subscription { flowStateChanged(flowId: "flw_A") { key state stateReason source { name } } }',
    );
    await last(client, 'flowStateChanged', { state: 'ENABLED' });
    await world.database.query(
      `update flow set state = 'PAUSED', state_reason = 'tea', state_since = now() where key = 'products'`,
    );
    await last(client, 'flowStateChanged', { state: 'PAUSED', stateReason: 'tea' });
    await world.database.query(
      `update flow set state = 'ENABLED', state_reason = null, state_since = now() where key = 'products'`,
    );
    await last(client, 'flowStateChanged', { state: 'ENABLED', stateReason: null });
    expect(toldTo(client, 'flowStateChanged').map(({ state }) => state)).toEqual(['ENABLED', 'PAUSED', 'ENABLED']);
  });

  it('of something that is not there is refused, and ends when it is removed', async () => {
    const none = await follow('subscription { flowStateChanged(flowId: "flw_none") { id } }');
    const refused = await none.next('next');
    expect(refused.payload.errors[0].message).toContain('there is no flow flw_none');
    await world.database.query(
      `insert into flow (id, key, name, entity, source, target) values ('flw_Z', 'z', 'Z', 'product', 'mpluskassa', 'softmaat')`,
    );
    const client = await follow('subscription { flowStateChanged(flowId: "flw_Z") { id } }');
    await last(client, 'flowStateChanged', { id: 'flw_Z' });
    await world.database.query(`delete from flow where key = 'z'`);
    expect(await client.next('complete', '1')).toBeDefined();
  });

  it('tells runs as they begin and end, those that had ended before not, and one by its id until it has ended', async () => {
    const run = (id: string, status: string) =>
      world.database.query(
        `insert into flow_run (id, flow, trigger, status, started_at, finished_at) values ($1, 'products', 'SCHEDULE', $2, now(),
           case when $2 <> 'RUNNING' then now() end)`,
        [id, status],
      );
    await run('run_1', 'SUCCEEDED');
    await run('run_2', 'RUNNING');
    const all = await follow(
      'subscription { flowRunProgressed(flowId: "flw_A") { id status counts { created } flow { key } } }',
    );
    await last(all, 'flowRunProgressed', { id: 'run_2', status: 'RUNNING' });
    const one = await follow('subscription { flowRunProgressed(runId: "run_2") { id status } }');
    await last(one, 'flowRunProgressed', { id: 'run_2', status: 'RUNNING' });
    await world.database.query(
      `update flow_run set status = 'PARTIAL', created = 3, finished_at = now() where id = 'run_2'`,
    );
    await run('run_3', 'RUNNING');
    expect(await one.next('complete', '1')).toBeDefined();
    expect(toldTo(one, 'flowRunProgressed').map(({ status }) => status)).toEqual(['RUNNING', 'PARTIAL']);
    await last(all, 'flowRunProgressed', { id: 'run_3' });
    expect(toldTo(all, 'flowRunProgressed').map(({ id, status }) => `${id} ${status}`)).toEqual([
      'run_2 RUNNING',
      'run_2 PARTIAL',
      'run_3 RUNNING',
    ]);
    expect(toldTo(all, 'flowRunProgressed')[1]!['counts']).toEqual({ created: 3 });
  });

  it('tells when a system does not answer any more, not each time that it answers', async () => {
    const client = await follow('subscription { systemStatusChanged(systemId: "sys_B") { key status statusReason } }');
    await last(client, 'systemStatusChanged', { status: 'CONNECTED' });
    await world.database.query(`update system set last_success_at = now() where key = 'softmaat'`);
    await world.database.query(
      `update system set status = 'UNREACHABLE', status_reason = 'no answer', status_since = now() where key = 'softmaat'`,
    );
    await last(client, 'systemStatusChanged', { status: 'UNREACHABLE', statusReason: 'no answer' });
    expect(toldTo(client, 'systemStatusChanged')).toHaveLength(2);
  });

  it('tells of drafts and versions of mappings', async () => {
    const client = await follow(
      'subscription { mappingChanged(mappingId: "map_1") { key draftRevision publishedVersion } }',
    );
    await last(client, 'mappingChanged', { publishedVersion: 1 });
    await world.database.query(`update mapping set draft_revision = draft_revision + 1 where key = 'm'`);
    await last(client, 'mappingChanged', { draftRevision: 1 });
  });

  it('tells how far flows have come, at most once a second for each', async () => {
    const client = await follow(
      'subscription { syncStateChanged(flowId: "flw_A") { marker pending { value } flow { key } } }',
    );
    await until(() => toldTo(client, 'syncStateChanged').length > 0, { what: 'the present state' });
    const began = Date.now();
    for (let n = 1; Date.now() - began < 2_500; n++) {
      await world.database.query(
        `insert into capture_position (system, stream, position, updated_at) values ('mpluskassa', 'products', $1, now())
         on conflict (system, stream) do update set position = excluded.position`,
        [String(n)],
      );
    }
    await world.database.query(`update capture_position set position = 'end' where system = 'mpluskassa'`);
    await last(client, 'syncStateChanged', { marker: 'end' });
    const seconds = (Date.now() - began) / 1_000;
    expect(toldTo(client, 'syncStateChanged').length).toBeLessThanOrEqual(Math.ceil(seconds) + 2);
  });
});

describe('following problems', () => {
  const text = `subscription ($filter: DeadLetterFilter) { deadLetterChanged(filter: $filter) { openCount deadLetter { id status error { message } } } }`;
  const ids = (client: SocketClient): string[] =>
    toldTo(client, 'deadLetterChanged').map(({ deadLetter }) => deadLetter.id as string);
  /** Followers begin in their own time: probes are made until one has come. */
  const ready = async (client: SocketClient, entity = 'product'): Promise<void> => {
    await until(async () => (await park(`prb_${Math.random()}`, entity), ids(client).length > 0), {
      what: 'a probe',
      everyMs: 100,
    });
  };

  it('tells of each that arises and ends, with how many are open, and keeps what names people from who may not see it', async () => {
    const admin = await follow(text);
    const reader = await follow(text, {}, await world.keyWith(['READ_OPERATIONS']));
    await ready(admin, 'customer');
    await ready(reader, 'customer');
    await park('prk_person', 'customer');
    await until(() => ids(admin).includes('prk_person') && ids(reader).includes('prk_person'), { what: 'the problem' });
    const of = (client: SocketClient) =>
      toldTo(client, 'deadLetterChanged').find(({ deadLetter }) => deadLetter.id === 'prk_person')!;
    expect(of(admin)['deadLetter'].error.message).toBe('Jansen is refused');
    expect(of(reader)['deadLetter'].error.message).not.toContain('Jansen');
    const [open] = await world.database.query<{ n: number }>(
      `select count(*)::int as n from parked where status = 'OPEN'`,
    );
    expect(of(admin)['openCount']).toBe(open!.n);
    await world.database.query(`update parked set status = 'RESOLVED', resolved_at = now() where id = 'prk_person'`);
    await until(() => toldTo(admin, 'deadLetterChanged').at(-1)?.['deadLetter'].status === 'RESOLVED', {
      what: 'its end',
    });
    expect(toldTo(admin, 'deadLetterChanged').at(-1)).toMatchObject({
      openCount: open!.n - 1,
      deadLetter: { id: 'prk_person' },
    });
  });

  it('tells only of those that a filter means', async () => {
    const client = await follow(text, { filter: { entityType: ['ORDER'] } });
    await ready(client, 'order');
    await park('prk_other', 'product');
    await park('prk_mine', 'order');
    await until(() => ids(client).includes('prk_mine'), { what: 'the order' });
    expect(ids(client)).not.toContain('prk_other');
  });

  it('misses none, however late the transaction commits that made it', async () => {
    const client = await follow(text);
    await ready(client);
    const written: string[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async (_, writer) => {
        for (let i = 0; i < 12; i++) {
          const id = `prk_w${writer}-${i}`;
          const isTakenBack = i % 5 === 4;
          const wait = ((writer * 7 + i * 3) % 10) / 20;
          await many
            .tx(async (tx) => {
              await tx.query(parkSql, [id, 'product']);
              await tx.query('select pg_sleep($1)', [wait]);
              if (isTakenBack) throw new Error('taken back');
            })
            .catch(() => undefined);
          if (!isTakenBack) written.push(id);
        }
      }),
    );
    await park('prk_end');
    await until(() => ids(client).includes('prk_end'), { what: 'the end' });
    const told = ids(client).filter((id) => id.startsWith('prk_w'));
    expect([...told].sort()).toEqual([...written].sort());
  }, 120_000);

  it('closes a client whose key is revoked while there is something to tell, and tells it nothing that came later', async () => {
    const key = await world.keyWith(['READ_OPERATIONS']);
    const [client, other] = [await follow(text, {}, key), await follow(text)];
    await ready(client);
    await ready(other);
    await world.database.query(`update api_key set revoked_at = now() where prefix = $1`, [key.slice(0, 12)]);
    let isClosed = false;
    const closed = client.closed.finally(() => (isClosed = true));
    for (let n = 0; !isClosed; n++) await park(`prk_meanwhile-${n}`);
    expect(await closed).toBe(4403);
    await park('prk_after');
    await until(() => ids(other).includes('prk_after'), { what: 'the problem, told to another' });
    expect(ids(client)).not.toContain('prk_after');
  });
});

describe('waiting', () => {
  it(`asks the database no more for ${idle} who follow each kind than for one`, async () => {
    const kinds = [
      'flowStateChanged { id }',
      'flowRunProgressed { id }',
      'systemStatusChanged { id }',
      'mappingChanged { id }',
      'syncStateChanged { marker }',
      'deadLetterChanged { openCount }',
    ];
    const inLooks = async (looks: number): Promise<number> => {
      world.statements();
      const before = world.sent();
      let seen = 0;
      await until(
        () => (seen += world.statements().filter((sent) => sent.includes('pg_snapshot_xmin')).length) >= looks,
        { what: `${looks} looks`, timeoutMs: 30_000 },
      );
      return world.sent() - before;
    };
    const first = await signedInSocket(world.url, world.adminKey);
    kinds.forEach((kind, n) => first.send(subscribeMessage(`${n}`, `subscription { ${kind} }`)));
    let got = -1;
    await until(() => got === (got = first.got.length), { what: 'quiet', everyMs: 1_500 });
    const alone = await inLooks(12);
    const perSocket = 18;
    const [sockets, times] = [Math.ceil(idle / perSocket), perSocket / kinds.length];
    const keys: string[] = [];
    for (let i = 0; i < sockets; i += 50) keys.push(await world.keyOf('VIEWER'));
    const clients = await Promise.all(
      Array.from({ length: sockets }, (_, i) => signedInSocket(world.url, keys[Math.floor(i / 50)]!)),
    );
    for (const client of clients)
      for (let n = 0; n < perSocket; n++)
        client.send(subscribeMessage(`${n}`, `subscription { ${kinds[n % kinds.length]} }`));
    // Each is told what the one was told at the beginning; of problems others may have failed since, but each is told of one.
    const states = ({ got }: SocketClient) => got.filter(({ payload }) => !payload?.data?.deadLetterChanged).length;
    const isTold = (each: SocketClient) =>
      states(each) >= times * states(first) && each.got.length >= times + states(each);
    await until(() => clients.every(isTold), { what: 'all states', timeoutMs: 240_000, everyMs: 200 });
    const together = await inLooks(12);
    // Nothing but the six watchers asks, some of them by time and not by looks; one statement for each follower would be a multiple.
    expect(together).toBeLessThanOrEqual(alone * 1.5);
    process.stdout.write(
      `statements in 12 looks: ${alone} for one of each kind, ${together} for ${sockets * perSocket}\n`,
    );
  }, 300_000);
});
