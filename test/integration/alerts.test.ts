/** Alerts from their beginning to their end: the watch and the sender over a real Postgres, a real mail server, and the graph. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/base/ids.js';
import * as comparisons from '../../src/store/comparisons.js';
import * as jobs from '../../src/store/jobs.js';
import * as guard from '../../src/store/write-holds.js';
import { makeHeldRuns } from '../../src/sync/held-runs.js';
import { openAlertWorld, type AlertWorld } from '../support/alert-world.js';

let world: AlertWorld;
let ruleId = '';
beforeAll(async () => {
  world = await openAlertWorld();
}, 60_000);
beforeEach(async () => {
  ruleId = await world.begin();
});
afterAll(() => world.close());

describe('an alert', () => {
  it('begins, is one however often the watch looks, is told once, and ends by itself', async () => {
    await world.problems(3);
    for (let i = 0; i < 3; i++) {
      await world.one.watch.look();
      await world.send();
    }
    const [alert, ...others] = await world.alerts();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      ...{
        status: 'FIRING',
        severity: 'CRITICAL',
        kind: 'OPEN_DEAD_LETTERS',
        title: '3 open problems',
        path: '/problems',
      },
      ...{ rule: { id: ruleId }, flow: null, system: null, resolvedAt: null },
      notifications: [{ reason: 'STARTED', isDelivered: true, error: null, channel: { name: 'Desk' } }],
    });
    expect((await world.ask('{ overview(window: "PT1H") { firingAlerts } }')).overview.firingAlerts).toBe(1);
    expect(world.subjects()).toEqual(['[Koppel] 3 open problems']);
    expect(world.mail.letters[0]!.text).toContain('Look at it: https://hub.example.com/problems');

    await world.noProblems();
    await world.one.watch.look();
    expect((await world.alerts())[0].status).toBe('FIRING');
    await world.one.watch.look();
    await world.send();
    expect((await world.alerts())[0]).toMatchObject({ status: 'RESOLVED', notifications: [{ reason: 'STARTED' }, { reason: 'RESOLVED', isDelivered: true }] }); // prettier-ignore
    expect(world.subjects()).toEqual(['[Koppel] 3 open problems', '[Koppel] Over: 3 open problems']);
  });

  it('says how it is now', async () => {
    await world.problems(3);
    await world.one.watch.look();
    await world.noProblems();
    await world.problems(7);
    await world.one.watch.look();
    expect((await world.alerts())[0]).toMatchObject({ title: '7 open problems', status: 'FIRING' });
  });

  it('that flickers is not told again within five minutes, and is told later when it stays', async () => {
    await world.problems(3);
    await world.one.watch.look();
    await world.send();
    for (let i = 0; i < 4; i++) {
      await world.noProblems();
      await world.one.watch.look();
      await world.one.watch.look();
      await world.problems(3);
      await world.one.watch.look();
      await world.send();
    }
    // The first beginning and its end; what began again a moment later was over before it was due.
    expect(world.subjects()).toEqual(['[Koppel] 3 open problems', '[Koppel] Over: 3 open problems']);
    const [alert] = await world.alerts({ status: ['FIRING'] });
    expect(alert.notifications).toMatchObject([{ reason: 'STARTED', isDelivered: false }]);
    await world.sql(`update alert_notification set due_at = due_at - interval '5 minutes'`);
    await world.send();
    expect(world.subjects()).toHaveLength(3);
  });

  it('is acknowledged with a note, by whom everybody sees', async () => {
    await world.problems(3);
    await world.one.watch.look();
    const [{ id }] = await world.alerts();
    const { alert } = await world.done('alertAcknowledge', { id, note: ' I look ' }, 'alert { status note acknowledgedAt acknowledgedBy { ... on User { id } } }'); // prettier-ignore
    expect(alert).toMatchObject({ status: 'ACKNOWLEDGED', note: 'I look', acknowledgedBy: { id: world.editor.id } });
    expect((await world.ask('{ overview(window: "PT1H") { firingAlerts } }')).overview.firingAlerts).toBe(0);
    const [row] = await world.sql(`select actor, subject, detail from audit where action = 'alertAcknowledge'`);
    expect(row).toMatchObject({ actor: world.editor.id, subject: id, detail: { note: 'I look' } });
  });

  it('is quiet while it is snoozed, and reminds when it goes on afterwards', async () => {
    await world.problems(3);
    await world.one.watch.look();
    await world.send();
    const [{ id }] = await world.alerts();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await world.done('alertSnooze', { id, until }, 'alert { status snoozedUntil }')).alert).toEqual({ status: 'SNOOZED', snoozedUntil: until }); // prettier-ignore
    await world.one.watch.look();
    await world.send();
    expect(world.subjects()).toHaveLength(1);
    await world.sql(`update alert set snoozed_until = now() - interval '1 second'`);
    await world.one.watch.look();
    await world.one.watch.look();
    await world.send();
    expect((await world.alerts())[0].status).toBe('FIRING');
    expect(world.subjects()).toEqual(['[Koppel] 3 open problems', '[Koppel] Still: 3 open problems']);
    const past = await world.change('alertSnooze', { id, until: '2020-01-01T00:00:00Z' }, 'alert { id }');
    expect(past).toEqual({ alert: null, userErrors: [{ code: 'OUT_OF_RANGE', field: ['input', 'until'] }] });
  });

  it('that a person ends begins anew only after its condition was over, or its rule was saved', async () => {
    await world.problems(3);
    await world.one.watch.look();
    await world.send();
    const [{ id }] = await world.alerts();
    expect((await world.done('alertResolve', { id, note: 'known' }, 'alert { status note }')).alert).toEqual({ status: 'RESOLVED', note: 'known' }); // prettier-ignore
    await world.one.watch.look();
    await world.one.watch.look();
    await world.send();
    expect(await world.alerts()).toHaveLength(1);
    expect(world.subjects()).toEqual(['[Koppel] 3 open problems', '[Koppel] Over: 3 open problems']);
    expect((await world.change('alertResolve', { id }, 'alert { id }')).userErrors).toMatchObject([
      { code: 'INVALID_STATE' },
    ]);
    expect((await world.change('alertResolve', { id: 'alr_none' }, 'alert { id }')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]); // prettier-ignore

    await world.noProblems();
    await world.one.watch.look();
    await world.one.watch.look();
    await world.problems(3);
    await world.one.watch.look();
    const [again] = await world.alerts({ status: ['FIRING'] });
    await world.done('alertResolve', { id: again.id }, 'alert { status }');
    await world.one.watch.look();
    expect(await world.alerts({ status: ['FIRING'] })).toEqual([]);
    await world.done('alertRuleSave', { id: ruleId, version: 1, name: 'Many', kind: 'OPEN_DEAD_LETTERS', threshold: 2 }, 'alertRule { version }'); // prettier-ignore
    await world.one.watch.look();
    expect(await world.alerts({ status: ['FIRING'] })).toHaveLength(1);
  });

  it('ends with its rule, and stays to be looked at', async () => {
    await world.problems(3);
    await world.one.watch.look();
    await world.done('alertRuleDelete', { id: ruleId, version: 1 }, 'deletedId');
    expect(await world.alerts()).toMatchObject([{ status: 'RESOLVED', rule: null, title: '3 open problems' }]);
    await world.one.watch.look();
    await world.send();
    expect(world.mail.letters).toEqual([]);
  });

  it('is of one system or flow where its rule is, and its rule is switched off when those are gone', async () => {
    await world.sql(`update system set status = 'UNREACHABLE', status_since = now() - interval '10 minutes' where key = 'softmaat'`); // prettier-ignore
    const { alertRule } = await world.done('alertRuleSave', { name: 'Gone', kind: 'SYSTEM_UNREACHABLE', threshold: 5, systemIds: ['sys_B'] }, 'alertRule { id version }'); // prettier-ignore
    await world.one.watch.look();
    expect(await world.alerts()).toMatchObject([{ title: 'ERP cannot be reached', system: { key: 'softmaat' }, path: '/systems/sys_B' }]); // prettier-ignore
    await world.sql(`update alert_rule set systems = '{elsewhere}' where id = $1`, [alertRule.id]);
    await world.one.watch.look();
    expect((await world.alerts())[0].status).toBe('RESOLVED');
    const { node } = await world.ask('query ($id: ID!) { node(id: $id) { ... on AlertRule { isEnabled } } }', { id: alertRule.id }); // prettier-ignore
    expect(node.isEnabled).toBe(false);
    await world.sql(`update system set status = 'CONNECTED' where key = 'softmaat'`);
  });
});

describe('an alert about held writes', () => {
  /** Three records of the flow are held from now on; returns the run. */
  async function hold(): Promise<string> {
    const run = newId('run');
    await world.database.tx(async (tx) => {
      await tx.query(`update flow_run set finished_at = now() where flow = 'products' and finished_at is null`);
      await guard.openHold(tx, { flow: 'products', run, records: 20, percent: 5, samples: [] });
      await tx.query(
        `insert into projection (target, entity, canonical_id, flow, state, reason, reason_code)
         select 'softmaat', 'product', 'held_' || n, 'products', 'held', 'because', 'HELD_ZEROED' from generate_series(1, 3) n
         on conflict (target, entity, canonical_id) do update set state = excluded.state, reason_code = excluded.reason_code`,
      );
    });
    return run;
  }
  const decide = (run: string, isApproved: boolean) =>
    makeHeldRuns({ database: world.database, store: guard, released: () => undefined }).end(run, { isApproved, note: null }); // prettier-ignore

  it('leads to the run in which somebody decides, follows a later one, and ends when it was released or dropped', async () => {
    await world.done('alertRuleSave', { name: 'Held', kind: 'RUN_HELD', threshold: 7 }, 'alertRule { threshold }');
    await world.one.watch.look();
    expect(await world.alerts()).toEqual([]);
    const first = await hold();
    await world.one.watch.look();
    expect(await world.alerts()).toMatchObject([{ status: 'FIRING', kind: 'RUN_HELD', title: 'Held back: Products', path: `/runs/${first}`, flow: { key: 'products' } }]); // prettier-ignore
    expect((await world.ask('{ alerts { nodes { description } } }')).alerts.nodes[0].description).toMatch(/^3 records would lose/); // prettier-ignore

    await decide(first, true);
    await world.one.watch.look();
    const second = await hold();
    await world.one.watch.look();
    expect(await world.alerts()).toMatchObject([{ status: 'FIRING', path: `/runs/${second}` }]);
    await decide(second, false);
    await world.one.watch.look();
    await world.one.watch.look();
    expect(await world.alerts()).toMatchObject([{ status: 'RESOLVED' }]);

    const third = await hold();
    await world.one.watch.look();
    expect(await world.alerts({ status: ['FIRING'] })).toMatchObject([{ path: `/runs/${third}` }]);
    await world.sql(`update projection set state = 'in_sync', reason_code = null where flow = 'products'`);
    expect(await world.database.tx((tx) => guard.endEmptyHold(tx, 'products'))).toBe(true);
    await world.one.watch.look();
    await world.one.watch.look();
    expect(await world.alerts({ status: ['FIRING'] })).toEqual([]);
  });
});

describe('an alert about comparisons', () => {
  /** A comparison of the flow that ends so; returns its id. */
  async function compare(status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'QUEUED', counts: comparisons.ComparisonCounts = {}) {
    const [id, job] = [newId('comparison'), newId('job')];
    await world.database.tx(async (tx) => {
      await jobs.createJob(tx, { id: job, kind: 'RECONCILIATION', input: {}, createdBy: 'schedule' });
      await comparisons.createComparison(tx, { id, job, flow: 'products', entity: 'product', source: 'mpluskassa', target: 'softmaat' });
      if (status === 'SUCCEEDED') await comparisons.endComparison(tx, id, counts);
      await tx.query('update job set status = $2 where id = $1', [job, status]);
    });
    return id;
  } // prettier-ignore
  const seen = async () => {
    await world.one.watch.look();
    await world.one.watch.look();
    return (await world.alerts()).map(({ status, title, path }) => [status, title, path]);
  };

  it('goes on from one that found what nothing explains, or failed, to the next one that agrees', async () => {
    await world.done('alertRuleSave', { name: 'Compared', kind: 'COMPARISON' }, 'alertRule { id }');
    expect(await seen()).toEqual([]);
    await compare('SUCCEEDED', { compared: 9, equal: 5, leftOut: 2, KNOWN: 3, IN_FLIGHT: 1 });
    expect(await seen()).toEqual([]);
    const found = await compare('SUCCEEDED', { compared: 9, equal: 6, DIFFERENT: 1, ONLY_IN_TARGET: 1, KNOWN: 1 });
    expect(await seen()).toEqual([['FIRING', 'The systems do not agree: Products', `/comparisons/${found}`]]);
    const [{ description }] = (await world.ask('{ alerts { nodes { description } } }')).alerts.nodes;
    expect(description).toBe('Of 9 records that were compared, 2 are not the same, and nothing explains it.');
    await compare('CANCELLED');
    await compare('QUEUED');
    expect(await seen()).toMatchObject([['FIRING', 'The systems do not agree: Products', `/comparisons/${found}`]]);
    const failed = await compare('FAILED');
    expect(await seen()).toEqual([['FIRING', 'The comparison failed: Products', `/comparisons/${failed}`]]);
    await compare('SUCCEEDED', { compared: 9, equal: 9 });
    expect(await seen()).toEqual([['RESOLVED', 'The comparison failed: Products', `/comparisons/${failed}`]]);
  });
});

describe('the list of alerts', () => {
  it('can be asked for those that went on within a time, page by page', async () => {
    await world.sql(
      `insert into alert (id, kind, severity, subject, title, description, started_at, resolved_at)
       select 'alr_' || n, 'LAG', 'WARNING', 'flow:x', 'n' || n, '', now() - n * interval '1 hour', now() - (n - 0.5) * interval '1 hour'
       from generate_series(1, 130) n`,
    );
    await world.sql(`insert into alert (id, kind, severity, subject, title, description, started_at) values ('alr_old', 'LAG', 'WARNING', 'all', 'goes on', '', now() - interval '90 days')`); // prettier-ignore
    const since = new Date(Date.now() - 120 * 3_600_000).toISOString();
    const page = async (after: string | null) =>
      (await world.ask('query ($since: DateTime!, $after: String) { alerts(first: 100, after: $after, filter: { since: $since }) { nodes { title } pageInfo { hasNextPage endCursor } } }', { since, after })).alerts; // prettier-ignore
    const first = await page(null);
    expect(first.nodes[0].title).toBe('goes on');
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await page(first.pageInfo.endCursor);
    expect([first.nodes.length, second.nodes.length, second.pageInfo.hasNextPage]).toEqual([100, 21, false]);
    expect(second.nodes.at(-1).title).toBe('n120');
  });
});
