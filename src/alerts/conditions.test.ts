import { describe, expect, it } from '@jest/globals';
import type { System } from '../schema/system.js';
import type { AlertRuleRow } from '../store/alert-rules.js';
import type { FlowRow } from '../store/flow-reads.js';
import { said } from '../base/sentences/say.js';
import { findings, lasting } from './conditions.js';
import type { Facts } from './facts.js';

const now = new Date('2026-03-01T12:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const day = 1_440;

const rule = (over: Partial<AlertRuleRow>): AlertRuleRow => ({
  ...{
    id: 'aru_1',
    key: 'a-rule',
    name: 'A rule',
    kind: 'LAG',
    severity: 'WARNING',
    threshold: 15,
    windowMinutes: null,
  },
  ...{ flows: [], systems: [], channels: [], isEnabled: true, version: 1, updatedAt: now },
  ...over,
});
const flow = (key: string, over: Partial<FlowRow> = {}): FlowRow =>
  ({
    ...{ id: `flw_${key}`, key, name: `Flow ${key}`, source: 'till', target: 'shop', state: 'ENABLED' },
    ...{ stateReason: null, stateSince: ago(day) },
    ...over,
  }) as FlowRow;
const system = (key: string, over: Partial<System> = {}): System =>
  ({ id: `sys_${key}`, key, name: key.toUpperCase(), status: 'CONNECTED', statusSince: ago(day), ...over }) as System;
const late = (flowKey: string, minutes: number | null, lastSuccess: number | null = null) => ({
  flowKey,
  lagMs: minutes === null ? null : minutes * 60_000,
  pending: 3,
  ...{ stoppedBecause: null, failing: [], standing: null },
  lastSuccessAt: lastSuccess === null ? null : ago(lastSuccess),
});
const facts = (over: Partial<Facts> = {}): Facts => ({
  ...{ now, since: ago(day), flows: [flow('a'), flow('b')], systems: [system('till'), system('shop')] },
  ...{
    progress: [],
    problems: [],
    lacking: { count: 0, newestAt: null },
    outcomes: [],
    systemAlerts: [],
    held: [],
    comparisons: [],
  },
  ...over,
});
/** Subjects for which it holds; those of which nobody can tell in brackets. */
const found = (of: AlertRuleRow, with_: Facts, enabled: readonly AlertRuleRow[] = [of]): string[] =>
  findings(of, enabled, with_).map(({ subject, state }) => (state === 'holds' ? subject : `(${subject})`));

describe('delay', () => {
  const lag = rule({ kind: 'LAG', threshold: 15 });
  it('holds for flows whose oldest change has waited as long as the rule says', () => {
    expect(found(lag, facts({ progress: [late('a', 15), late('b', 14.9)] }))).toEqual(['flow:a']);
    expect(found(lag, facts({ progress: [late('a', null)] }))).toEqual([]);
    expect(findings(lag, [lag], facts({ progress: [late('a', 125)] }))[0]).toMatchObject({
      title: 'Delay: Flow a',
      description: 'Changes that wait to be delivered: 3, the oldest for 2 h 5 min. The rule tells from 15 min on.',
      path: '/flows/flw_a',
    });
  });

  it('holds for flows of a system whose changes have waited in the log as long, which is said in other words', () => {
    const standing = (minutes: number) => ({ system: 'till', systemName: 'TILL', since: '2026-03-01T11:40:00Z', ms: minutes * 60_000 }); // prettier-ignore
    const progress = [
      { ...late('a', null), standing: standing(20) },
      { ...late('b', null), standing: standing(14) },
    ];
    expect(found(lag, facts({ progress }))).toEqual(['flow:a']);
    const [told] = findings(lag, [lag], facts({ progress }));
    expect(told?.description).toMatch(
      /^Changes of TILL have waited since 2026-03-01T11:40:00Z, and nothing is taken in: /,
    );
    expect(said('nl', told?.description ?? '')).toMatch(
      /^Wijzigingen van TILL wachten sinds 1 maart 2026 om 11:40:00 UTC, en /,
    );
  });

  it('does not hold for a flow that a person has paused, or one of whose systems', () => {
    const progress = [late('a', 60), late('b', 60)];
    expect(found(lag, facts({ progress, flows: [flow('a', { state: 'PAUSED' }), flow('b')] }))).toEqual(['flow:b']);
    const systems = [system('till'), system('shop', { status: 'PAUSED' })];
    expect(found(lag, facts({ progress, systems }))).toEqual([]);
  });

  it('is counted from when the flow was resumed, somebody looks again, and an alert about a system was over', () => {
    const progress = [late('a', 600)];
    // Late it is all the same: what goes on goes on, and nothing begins.
    expect(found(lag, facts({ progress, flows: [flow('a', { stateSince: ago(14) })] }))).toEqual(['(flow:a)']);
    expect(found(lag, facts({ progress: [late('a', 14)], since: ago(1) }))).toEqual([]);
    expect(found(lag, facts({ progress, flows: [flow('a', { stateSince: ago(15) })] }))).toEqual(['flow:a']);
    expect(found(lag, facts({ progress, since: ago(14) }))).toEqual(['(flow:a)']);
    expect(found(lag, facts({ progress, systemAlerts: [{ system: 'shop', endedAt: ago(14) }] }))).toEqual(['(flow:a)']);
    expect(found(lag, facts({ progress, systemAlerts: [{ system: 'other', endedAt: ago(1) }] }))).toEqual(['flow:a']);
  });

  it('is left to the rule about the system while that is down, if there is one', () => {
    const progress = [late('a', 60)];
    const systems = [system('till'), system('shop', { status: 'UNREACHABLE', statusSince: ago(60) })];
    const about = rule({ id: 'aru_2', kind: 'SYSTEM_UNREACHABLE', threshold: 5 });
    expect(found(lag, facts({ progress, systems }))).toEqual(['flow:a']);
    expect(found(lag, facts({ progress, systems }), [lag, about])).toEqual(['(flow:a)', '(flow:b)']);
    expect(found(lag, facts({ progress, systems }), [lag, { ...about, systems: ['till'] }])).toEqual(['flow:a']);
    // It is back, and its alert has not ended yet.
    expect(found(lag, facts({ progress, systemAlerts: [{ system: 'shop', endedAt: null }] }))).toEqual(['(flow:a)', '(flow:b)']); // prettier-ignore
  });
});

describe('no activity', () => {
  const quiet = rule({ kind: 'NO_ACTIVITY', threshold: 120 });
  it('holds when no run has succeeded for so long, or none ever since the flow was enabled', () => {
    expect(found(quiet, facts({ progress: [late('a', null, 120), late('b', null, 119)] }))).toEqual(['flow:a']);
    expect(found(quiet, facts({ progress: [] }))).toEqual(['flow:a', 'flow:b']);
    expect(found(quiet, facts({ flows: [flow('a', { stateSince: ago(60) })] }))).toEqual(['(flow:a)']);
    expect(found(quiet, facts({ progress: [late('a', null, 120), late('b', null, 119)], since: ago(1) }))).toEqual(['(flow:a)']); // prettier-ignore
    expect(found(quiet, facts({ flows: [flow('a', { state: 'PAUSED' })] }))).toEqual([]);
  });
});

describe('a share of failures', () => {
  const share = rule({ kind: 'FAILURE_RATIO', threshold: 50, windowMinutes: 60 });
  const outcomes = (failed: number, written: number) => [{ flow: 'a', windowMinutes: 60, failed, written }];
  it('holds from three failures and so many per cent on', () => {
    expect(found(share, facts({ outcomes: outcomes(3, 3) }))).toEqual(['flow:a']);
    expect(found(share, facts({ outcomes: outcomes(2, 0) }))).toEqual([]);
    expect(found(share, facts({ outcomes: outcomes(4, 5) }))).toEqual([]);
    expect(found(share, facts({ outcomes: [{ ...outcomes(9, 0)[0]!, windowMinutes: 5 }] }))).toEqual([]);
  });
});

describe('a system', () => {
  const gone = rule({ kind: 'SYSTEM_UNREACHABLE', threshold: 5 });
  const down = (minutes: number) => [system('till'), system('shop', { status: 'UNREACHABLE', statusSince: ago(minutes) })]; // prettier-ignore
  it('is told of when it has been unreachable as long as the rule says, since somebody looks', () => {
    // Of its streams nobody knows meanwhile.
    expect(found(gone, facts({ systems: down(5) }))).toEqual(['system:shop', '(streams:shop)']);
    expect(found(gone, facts({ systems: down(4) }))).toEqual(['(streams:shop)']);
    expect(found(gone, facts({ systems: down(60), since: ago(2) }))).toEqual(['(system:shop)', '(streams:shop)']);
    expect(found(gone, facts({ systems: down(4), since: ago(2) }))).toEqual(['(streams:shop)']);
  });

  it('that no flow calls is not told of, because nobody learns when it is back', () => {
    const flows = [flow('a', { state: 'PAUSED' }), flow('b', { state: 'DISABLED' })];
    expect(found(gone, facts({ systems: down(60), flows }))).toEqual([]);
  });

  it('is meant by rules about it, and about flows that read or write it', () => {
    const flows = [flow('a'), flow('b', { source: 'till', target: 'other' })];
    const systems = down(60);
    expect(found({ ...gone, systems: ['till'] }, facts({ systems, flows }))).toEqual([]);
    expect(found({ ...gone, flows: ['b'] }, facts({ systems, flows }))).toEqual([]);
    expect(found({ ...gone, flows: ['a'] }, facts({ systems, flows }))).toContain('system:shop');
  });

  it('that answers is told of when some streams have failed as long as the rule says, once, by name', () => {
    const fails = (flowKey: string, stream: string, minutes: number, of = 'till') => ({
      ...{ ...late(flowKey, null), lagMs: null },
      failing: [{ system: of, systemName: of, stream, since: '', message: 'no', ms: minutes * 60_000 }],
    });
    const progress = [fails('a', 'orders', 5), fails('b', 'invoices', 65), fails('b', 'old', 4)];
    expect(findings(gone, [gone], facts({ progress }))).toMatchObject([
      {
        subject: 'streams:till',
        state: 'holds',
        title: 'TILL cannot be read completely',
        description: expect.stringMatching(/the longest for 1 h 5 min: invoices, orders\. Nothing is lost/),
        path: '/systems/sys_till',
      },
    ]);
    expect(found({ ...gone, flows: ['b'], threshold: 66 }, facts({ progress }))).toEqual([]);
    expect(found({ ...gone, flows: ['a'], threshold: 60 }, facts({ progress }))).toEqual([]);
    expect(found({ ...gone, systems: ['shop'] }, facts({ progress }))).toEqual([]);
    expect(found(gone, facts({ progress, since: ago(4) }))).toEqual(['(streams:till)']);
    expect(found({ ...gone, threshold: 66 }, facts({ progress, since: ago(4) }))).toEqual([]);
    // While all of it is silent, nobody knows; and what a person has paused is not told of.
    const is = (status: string) => [system('till', { status: status as System['status'], statusSince: now }), system('shop')]; // prettier-ignore
    expect(found(gone, facts({ progress: [], systems: is('UNREACHABLE') }))).toEqual(['(streams:till)']);
    expect(found(gone, facts({ progress: [], systems: is('PAUSED') }))).toEqual([]);
  });

  it('that refuses the credentials is told of at once', () => {
    const systems = [system('shop', { status: 'CREDENTIALS_REJECTED', statusSince: now })];
    expect(found(rule({ kind: 'CREDENTIALS', threshold: null }), facts({ systems, since: now }))).toEqual(['system:shop']); // prettier-ignore
  });
});

describe('counts', () => {
  const problems = [
    { flow: 'a', system: 'shop', n: 6 },
    { flow: null, system: 'till', n: 5 },
  ];
  it('of open problems are those that the rule is about, in one alert', () => {
    const many = rule({ kind: 'OPEN_DEAD_LETTERS', threshold: 10 });
    expect(findings(many, [many], facts({ problems }))).toMatchObject([{ subject: 'all', title: '11 open problems', path: '/problems' }]); // prettier-ignore
    expect(found({ ...many, threshold: 12 }, facts({ problems }))).toEqual([]);
    expect(found({ ...many, flows: ['a'] }, facts({ problems }))).toEqual([]);
    expect(found({ ...many, flows: ['a'], threshold: 6 }, facts({ problems }))).toEqual(['all']);
    expect(found({ ...many, systems: ['till'], threshold: 6 }, facts({ problems }))).toEqual([]);
  });

  const lacking = (count: number) => ({ count, newestAt: now });
  it('of codes without a row, and flows that the hub has stopped', () => {
    expect(found(rule({ kind: 'UNMAPPED_VALUES', threshold: 2 }), facts({ lacking: lacking(2) }))).toEqual(['all']);
    expect(found(rule({ kind: 'UNMAPPED_VALUES', threshold: 2 }), facts({ lacking: lacking(1) }))).toEqual([]);
    const flows = [flow('a', { state: 'SUSPENDED' }), flow('b')];
    const stopped = rule({ kind: 'FLOW_SUSPENDED', threshold: null });
    expect(found(stopped, facts({ flows }))).toEqual(['flow:a']);
    // Or only the reading for them, unless a person has paused them.
    const progress = ['a', 'b'].map((key) => ({ ...late(key, null), stoppedBecause: 'restored' }));
    expect(findings(stopped, [stopped], facts({ progress }))).toMatchObject([{ subject: 'flow:a', description: 'restored' }, { subject: 'flow:b' }]); // prettier-ignore
    expect(found(stopped, facts({ progress, flows: [flow('a', { state: 'PAUSED' }), flow('b')] }))).toEqual(['flow:b']);
  });
});

describe('held writes', () => {
  const held = rule({ kind: 'RUN_HELD', threshold: null });
  it('are told for as long as a flow holds something, with the run in which somebody decides', () => {
    const holds = facts({ held: [{ flow: 'a', run: 'run_7', records: 25 }] });
    expect(findings(held, [held], holds)).toMatchObject([{ subject: 'flow:a', flow: 'a', title: 'Held back: Flow a', path: '/runs/run_7' }]); // prettier-ignore
    expect(found({ ...held, flows: ['b'] }, holds)).toEqual([]);
    expect(found(held, facts())).toEqual([]);
    // A paused flow holds on: somebody still has to decide.
    expect(found(held, { ...holds, flows: [flow('a', { state: 'PAUSED' })] })).toEqual(['flow:a']);
  });
});

describe('comparisons', () => {
  const compared = rule({ kind: 'COMPARISON', threshold: null });
  const last = (over: object) => facts({ comparisons: [{ flow: 'a', id: 'cmp_1', hasFailed: false, compared: 40, differing: 0, ...over }] }); // prettier-ignore
  it('are told when the last one found what nothing explains, or came to no end', () => {
    expect(found(compared, facts())).toEqual([]);
    expect(found(compared, last({}))).toEqual([]);
    expect(findings(compared, [compared], last({ differing: 2 }))).toMatchObject([
      {
        subject: 'flow:a',
        title: 'The systems do not agree: Flow a',
        description: 'Of 40 records that were compared, 2 are not the same, and nothing explains it.',
        path: '/comparisons/cmp_1',
      },
    ]);
    const ofFlow = (state: string) => found(compared, { ...last({ differing: 2 }), flows: [flow('a', { state })] });
    expect(['PAUSED', 'SUSPENDED', 'DISABLED', 'DRAFT'].map(ofFlow)).toEqual([['flow:a'], ['flow:a'], [], []]);
    expect(findings(compared, [compared], last({ hasFailed: true }))).toMatchObject([{ title: 'The comparison failed: Flow a', path: '/comparisons/cmp_1' }]); // prettier-ignore
  });
});

describe('what is said', () => {
  it('is said in Dutch and French too', () => {
    const lag = rule({ kind: 'LAG', threshold: 15 });
    const names = [flow('a', { name: 'Orders from MplusKASSA to Softmaat' })];
    const [{ title, description } = { title: '', description: '' }] = findings(lag, [lag], facts({ flows: names, progress: [late('a', 61)] })); // prettier-ignore
    expect(said('nl', title)).toBe('Achterstand: Bestellingen van MplusKASSA naar Softmaat');
    expect(said('fr', description)).toContain('le plus ancien depuis 1 h 1 min');
    expect(said('nl', '1 open problem')).toBe('1 open probleem');
    expect(said('fr', 'SHOP cannot be reached')).toBe('SHOP est injoignable');
    const failing =
      'Stream invoices of Till has failed since 2026-03-01T12:00:00Z: Till did not answer within 30000 ms.';
    expect(said('nl', failing)).toMatch(/^Stroom invoices van Till mislukt sinds 1 maart 2026 om 12:00:00 UTC: .* 30/);
    const [one = { description: '' }] = findings(rule({ kind: 'RUN_HELD' }), [], facts({ held: [{ flow: 'a', run: 'run_7', records: 1_234 }] })); // prettier-ignore
    expect(one.description).toMatch(/^1,234 records would lose something, and wait until/);
    expect(said('nl', one.description)).toMatch(/^1\.234 records zouden iets verliezen en wachten tot/);
    expect(said('fr', one.description.replace('1,234 records', '1 record').replace('wait', 'waits'))).toMatch(/^1 enregistrement perdrait .* et attend que/); // prettier-ignore
  });

  it('tells how long in hours and minutes', () => {
    expect([0, 59.9, 60, 3_000].map((minutes) => lasting(minutes * 60_000))).toEqual(['0 min', '59 min', '1 h 0 min', '50 h 0 min']); // prettier-ignore
  });
});
