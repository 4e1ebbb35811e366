/** Alerts and comparisons of a running hub in a configuration file: written without secrets, planned, taken over, written again as they were sent. */
import { expect } from '@jest/globals';
import type { HubHandle } from './processes.js';
import type { Stage } from './stage.js';

interface ImportPlan {
  readonly planHash: string | null;
  readonly changes: readonly {
    readonly kind: string;
    readonly subjectType: string;
    readonly key: string;
    readonly changes: readonly { kind: string; path: string; before: unknown; after: unknown }[];
  }[];
  readonly errors: readonly { readonly message: string; readonly field: readonly string[] }[];
  readonly isApplied: boolean;
}

/** What configImport answers. */
export interface ImportResult {
  readonly plan: ImportPlan;
  readonly backfilledCount: number;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

/** A hub whose configuration goes into a file and comes back. */
export interface FileWorld {
  readonly hub: HubHandle;
  readonly stage: Stage;
  exported(): Promise<string>;
  send(input: object): Promise<ImportResult>;
}

const hook = {
  name: 'Pager',
  target: { webhook: 'https://hooks.example.com/T0/in-the-path?token=42' },
  webhookSecret: 'a-shared-secret',
};
const late = { name: 'Late', kind: 'LAG', threshold: 15 };

const asMade = `
comparisons:
  products-to-softmaat: { everyHours: 24 }
alertChannels:
  cafe-t-hoekje:
    name: Café ’t Hoekje
    email: desk@example.com
    language: en
  pager:
    name: Pager
    webhook: https://hooks.example.com
    isSigned: true
    language: en
alertRules:
  late:
    name: Late
    kind: LAG
    severity: WARNING
    threshold: 15
    flows: []
    systems: []
    channels: [ cafe-t-hoekje, pager ]
    isEnabled: true
  late-2:
    name: late!
    kind: LAG
    severity: WARNING
    threshold: 15
    flows: []
    systems: []
    channels: [ cafe-t-hoekje ]
    isEnabled: true
`;

const asWanted = `
comparisons:
  products-to-softmaat: { everyHours: 168 }
alertChannels:
  cafe-t-hoekje:
    name: Café ’t Hoekje
    email: shop@example.com
    language: nl
  new:
    name: New
    email: new@example.com
    language: fr
  pager:
    name: At night
    webhook: https://hooks.example.com
    isSigned: true
    language: en
alertRules:
  held:
    name: Held
    kind: RUN_HELD
    severity: ERROR
    flows: []
    systems: []
    channels: [ new ]
    isEnabled: true
  late:
    name: Late
    kind: LAG
    severity: WARNING
    threshold: 15
    flows: [ products-to-softmaat ]
    systems: []
    channels: [ new, pager ]
    isEnabled: false
`;

export async function alertsInTheFile({ hub, stage, exported, send }: FileWorld): Promise<void> {
  const save = async (mutation: string, input: object, shape: string): Promise<string> => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const { saved } = await hub.graphql<{ saved: { userErrors: unknown[] } & Record<string, { id: string }> }>(
      `mutation ($input: ${type}) { saved: ${mutation}(input: $input) { ${shape} { id } userErrors { message } } }`,
      { input },
    );
    expect(saved.userErrors).toEqual([]);
    return saved[shape]!.id;
  };
  const channel = (id: string) =>
    stage.ask(`select target, encode(secrets, 'hex') as secrets, has_secret from alert_channel where id = $1`, [id]);
  const take = async (document: string, { plan: { planHash } }: ImportResult, prune = false): Promise<void> => {
    expect((await send({ document, prune, isDryRun: false, planHash })).userErrors).toEqual([]);
    expect(await exported()).toBe(document);
  };

  const pager = await save('alertChannelSave', hook, 'alertChannel');
  const desk = await save('alertChannelSave', { name: 'Café ’t Hoekje', target: { email: 'desk@example.com' } }, 'alertChannel'); // prettier-ignore
  const rule = await save('alertRuleSave', { ...late, channelIds: [pager, desk] }, 'alertRule');
  await save('alertRuleSave', { ...late, name: 'late!', channelIds: [desk] }, 'alertRule');
  const [flow] = await stage.ask<{ id: string }>(`select id from flow where key = 'products-to-softmaat'`);
  await save('reconciliationSchedule', { flowId: flow!.id, everyHours: 24 }, 'flow');
  const before = await exported();
  const others = before.slice(0, before.indexOf('\ncomparisons:'));
  expect(before).toBe(`${others}${asMade}`);
  expect((await send({ document: before, prune: true })).plan).toMatchObject({ changes: [], errors: [] });

  const sealed = await channel(pager);
  await stage.ask(`insert into alert (id, rule, kind, severity, subject, title, description) values ('alr_on', $1, 'LAG', 'WARNING', 'flow:x', 't', 'd')`, [rule]); // prettier-ignore
  const document = `${others}${asWanted}`;
  const planned = await send({ document, prune: true });
  expect(planned.plan.errors).toEqual([]);
  expect(planned.plan.changes.map(({ kind, subjectType, key }) => `${kind} ${subjectType} ${key}`)).toEqual([
    'CHANGED Reconciliation products-to-softmaat',
    'CHANGED AlertChannel cafe-t-hoekje',
    'ADDED AlertChannel new',
    'CHANGED AlertChannel pager',
    'ADDED AlertRule held',
    'CHANGED AlertRule late',
    'REMOVED AlertRule late-2',
  ]);
  expect(planned.plan.changes[5]!.changes).toEqual([
    { kind: 'CHANGED', path: 'flows', before: [], after: ['products-to-softmaat'] },
    { kind: 'CHANGED', path: 'channels', before: ['cafe-t-hoekje', 'pager'], after: ['new', 'pager'] },
    { kind: 'CHANGED', path: 'isEnabled', before: true, after: false },
  ]);
  expect(await exported()).toBe(before);
  await take(document, planned, true);
  // What the rule looks for no more is over, as when a person switches it off.
  expect(await stage.ask(`select resolved_at is null as "goesOn" from alert where id = 'alr_on'`)).toEqual([{ goesOn: false }]); // prettier-ignore

  // Where the webhook leads and with what it signs is known to the hub alone.
  const [kept] = await channel(pager);
  expect(kept).toMatchObject({ target: (sealed[0] as { target: string }).target, has_secret: true });
  await hub.graphql(
    'mutation ($input: AlertChannelDeleteInput!) { alertChannelDelete(input: $input) { userErrors { message } } }',
    { input: { id: pager, version: 2 } },
  );
  const lost = await send({ document });
  expect(lost.plan.planHash).toBeNull();
  expect(lost.plan.errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Line \d+: There is no channel pager here, and where a webhook leads is secret\./),
  ]);
  await save('alertChannelSave', hook, 'alertChannel');
  const again = await send({ document });
  expect(again.plan.changes.map(({ key, changes }) => [key, ...changes.map(({ path }) => path)])).toEqual([
    ['pager', 'name'],
    ['late', 'channels'],
  ]);
  await take(document, again);
}
