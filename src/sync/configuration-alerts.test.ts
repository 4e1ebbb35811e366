/** Comparisons and alerts in a configuration file: what a plan changes of them, and what a file cannot do without the secrets that it does not hold. */
import { describe, expect, it } from '@jest/globals';
import { writeConfigurationFile, type AlertRulePart } from './configuration-file.js';
import { readConfigurationFile } from './configuration-file-read.js';
import { planConfiguration, type ConfigurationPlan } from './configuration-plan.js';
import type { PublishedContent } from './configuration-planned.js';

const rule = (over: Partial<AlertRulePart>): AlertRulePart => ({
  ...{ name: 'A rule', kind: 'LAG', severity: 'WARNING', threshold: 15, isEnabled: true },
  ...{ flows: [], systems: [], channels: [] },
  ...over,
});
const flow = {
  name: 'Orders',
  entity: 'order',
  source: 'web',
  target: 'till',
  pollEveryMs: 5_000,
  settings: {},
} as const;
const published: PublishedContent = {
  systems: new Map([['till', { connector: 'till', name: 'Till', settings: {} }], ['web', { connector: 'shop', name: 'Web', settings: {} }]]),
  flows: new Map([['orders', flow], ['stock', flow]]),
  ...{ fieldOwners: new Map(), mappings: new Map(), valueLists: new Map(), versions: new Map(), drafts: new Set<string>() },
  comparisons: new Map([['orders', { everyHours: 24 }]]),
  alertChannels: new Map([
    ['desk', { name: 'Desk', email: 'desk@example.com', language: 'nl' }],
    ['pager', { name: 'Pager', webhook: 'https://hooks.example.com', isSigned: true, language: 'en' }],
  ]),
  alertRules: new Map([
    ['held', { name: 'Held', kind: 'RUN_HELD', severity: 'ERROR', isEnabled: true, flows: [], systems: [], channels: ['pager'] }],
    ['late', rule({ name: 'Late', flows: ['orders'], channels: ['desk'] })],
  ]),
}; // prettier-ignore
const text = writeConfigurationFile(published);
const lines = (...more: readonly string[]): string => ['koppel: 1', ...more].join('\n');

function planOf(file: string, { prune = false, now = published } = {}): ConfigurationPlan {
  const read = readConfigurationFile(file);
  if (read.type === 'refused') throw new Error(JSON.stringify(read.problems));
  const alerts = {
    ruleProblem: ({ threshold }: AlertRulePart) => (threshold === 0 ? 'Too little.' : undefined),
    addressProblem: (email: string) => (email.includes('@') ? undefined : 'No address.'),
  };
  return planConfiguration(read.content, now, { prune, checks: { connectors: [], mappingProblems: () => [], alerts } });
}
const changesOf = ({ parts: { comparisons, alertChannels, alertRules } }: ConfigurationPlan): readonly string[] =>
  [...comparisons, ...alertChannels, ...alertRules].flatMap(({ key, changes }) =>
    changes.map(({ kind, path, before, after }) => `${kind} ${key} ${path} ${JSON.stringify(before)} ${JSON.stringify(after)}`),
  ); // prettier-ignore
const problemsOf = (file: string, options: Parameters<typeof planOf>[1] = {}): readonly string[] =>
  planOf(file, options).problems.map(({ line, at, message }) => `${line} ${at}: ${message}`);

describe('a plan for comparisons and alerts', () => {
  it('is empty for what was exported, and names each field that differs', () => {
    for (const prune of [false, true]) expect([changesOf(planOf(text, { prune })), problemsOf(text, { prune })]).toEqual([[], []]); // prettier-ignore
    const changed = text
      .replace('everyHours: 24', 'everyHours: 168')
      .replace('threshold: 15', 'threshold: 30')
      .replace('flows: [ orders ]', 'flows: [ stock, orders ]')
      .replace('email: desk@example.com', 'email: shop@example.com')
      .replace('isEnabled: true', 'isEnabled: false');
    expect(changesOf(planOf(changed))).toEqual([
      'CHANGED orders everyHours 24 168',
      'CHANGED desk email "desk@example.com" "shop@example.com"',
      'CHANGED held isEnabled true false',
      'CHANGED late threshold 15 30',
      'CHANGED late flows ["orders"] ["orders","stock"]',
    ]);
    expect(problemsOf(changed)).toEqual([]);
    // In which order they are named means nothing.
    expect(changesOf(planOf(text.replace('flows: [ orders ]', 'flows: [ orders, orders ]')))).toEqual([]);
  });

  it('makes what is new, with what it says of nothing as a person would get it', () => {
    const more = lines(
      'alertRules: { gone: { name: Gone, kind: SYSTEM_UNREACHABLE, threshold: 5, channels: [ anna ] } }',
      'alertChannels: { anna: { name: Anna, email: anna@example.com, language: fr } }',
      'comparisons: { stock: { everyHours: 1 } }',
    );
    const { parts, problems, keptCount } = planOf(more);
    expect(problems).toEqual([]);
    expect(parts.alertRules).toMatchObject([{ key: 'gone', before: null, after: { ...rule({ name: 'Gone', kind: 'SYSTEM_UNREACHABLE', threshold: 5, channels: ['anna'] }) } }]); // prettier-ignore
    expect(parts.alertChannels).toMatchObject([{ key: 'anna', before: null, after: { email: 'anna@example.com', language: 'fr' } }]); // prettier-ignore
    expect(parts.comparisons).toMatchObject([{ key: 'stock', before: null, after: { everyHours: 1 } }]);
    expect(keptCount).toBeGreaterThan(0);
  });

  it('leaves what the file does not mention, takes a schedule away that is null, and all of it when it is pruned', () => {
    expect(changesOf(planOf(lines('alertRules: { late: { threshold: 20 } }')))).toEqual([
      'CHANGED late threshold 15 20',
    ]);
    for (const none of ['{ orders: }', '{ orders: { everyHours: null } }'])
      expect(changesOf(planOf(lines(`comparisons: ${none}`)))).toEqual(['REMOVED orders everyHours 24 null']);
    const { parts, problems } = planOf(lines('alertRules: {}'), { prune: true });
    expect(problems).toEqual([]);
    expect([parts.comparisons, parts.alertChannels, parts.alertRules].map((part) => part.map(({ key, after }) => [key, after]))).toEqual([
      [['orders', null]],
      [['desk', null], ['pager', null]],
      [['held', null], ['late', null]],
    ]); // prettier-ignore
  });

  it('is another one when somebody has changed a rule meanwhile', () => {
    const changed = text.replace('threshold: 15', 'threshold: 30');
    const now = { ...published, alertRules: new Map([...published.alertRules, ['late', rule({ threshold: 16 })]] as const) }; // prettier-ignore
    expect(planOf(changed, { now }).hash).not.toBe(planOf(changed).hash);
  });
});

describe('what a file cannot do to alerts', () => {
  it('is to make, move or sign a webhook: their secrets are in no file', () => {
    const hook = (members: string): readonly string[] => problemsOf(lines(`alertChannels: { pager: { ${members} } }`));
    expect(hook('name: Pager, webhook: https://hooks.example.com, isSigned: true')).toEqual([]);
    expect(hook('webhook: https://elsewhere.example.com')).toEqual([expect.stringContaining('a file holds only the host')]); // prettier-ignore
    expect(hook('isSigned: false')).toEqual([expect.stringContaining('does not take the secret away')]);
    expect(hook('email: a@example.com')).toEqual([expect.stringContaining('one of email and webhook')]);
    const unsigned = { ...published, alertChannels: new Map([['pager', { name: 'Pager', webhook: 'https://hooks.example.com', isSigned: false, language: 'en' }]]) }; // prettier-ignore
    expect(problemsOf(lines('alertChannels:', '  pager: { isSigned: true }'), { now: unsigned })).toEqual([
      '3 alertChannels.pager: Its messages are to be signed, and it has no secret here. Enter one on the page of alerts; then import again.',
    ]);
    const elsewhere = { ...published, alertChannels: new Map(), alertRules: new Map() };
    expect(problemsOf(text, { now: elsewhere })).toEqual([
      expect.stringMatching(
        /^\d+ alertChannels\.pager: There is no channel pager here, and where a webhook leads is secret\./,
      ),
    ]);
  });

  it('is said with lines: what it names and is not here, what cannot be, and channels that rules use', () => {
    const wrong = lines(
      'comparisons:',
      '  moon: { everyHours: 24 }',
      '  stock: { everyHours: 721 }',
      'alertChannels:',
      '  desk: { email: nobody, name: " " }',
      '  none: { name: None }',
      'alertRules:',
      '  late: { kind: NO_ACTIVITY, flows: [ moon, orders ], channels: [ nobody ] }',
      '  held: { systems: [ mars ], threshold: 0 }',
      '  new: { name: New }',
    );
    expect(problemsOf(wrong)).toEqual([
      '3 comparisons.moon: There is no flow moon here.',
      '4 comparisons.stock: A flow is compared every 1 to 720 hours, or only when somebody asks.',
      '6 alertChannels.desk: A name has 1 to 100 characters.',
      '6 alertChannels.desk: No address.',
      '7 alertChannels.none: A channel has one of email and webhook, always the same.',
      '9 alertRules.late: "kind" is LAG and cannot become NO_ACTIVITY.',
      '9 alertRules.late: There is no flow moon here.',
      '9 alertRules.late: There is no channel nobody here.',
      '10 alertRules.held: There is no system mars here.',
      '10 alertRules.held: Too little.',
      '11 alertRules.new: A new rule of alerts needs kind.',
    ]);
    const used = lines('alertRules: { late: { threshold: 15, channels: [ desk ] } }', 'alertChannels: {}');
    expect(problemsOf(used, { prune: true })).toEqual([
      'null alertChannels.desk: It is not in the file, but it is used by late.',
    ]);
  });

  it('is not to be read: words that are none of the kinds, numbers that are no whole ones', () => {
    const read = readConfigurationFile(
      lines(
        'alertRules:',
        '  a: { kind: LAGS }',
        '  b: { threshold: 1.5 }',
        '  c: { isEnabled: 1 }',
        '  d: { flows: x }',
      ),
    );
    expect(read.type === 'refused' ? read.problems.map(({ line, message }) => [line, message.slice(0, 60)]) : []).toEqual([
      [3, '"LAGS" is not known here; there are LAG, FAILURE_RATIO, OPEN'],
      [4, '"alertRules.b.threshold" is a whole number.'],
      [5, '"alertRules.c.isEnabled" is true or false.'],
      [6, '"alertRules.d.flows" should be a list.'],
    ]); // prettier-ignore
  });
});
