/** Mappings that people made, in plans of configuration files: made, chosen, and what is wrong with them. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import type { MappingProblem } from '../mapping/mapping.js';
import type { MappingPart } from './configuration-file.js';
import { readConfigurationFile } from './configuration-file-read.js';
import { planConfiguration, type ConfigurationPlan } from './configuration-plan.js';
import type { PublishedContent } from './configuration-planned.js';

const mapping: MappingPart = {
  ...{ connector: 'shop', direction: 'outbound', record: 'order', entity: 'order' },
  rules: [{ kind: 'copy', target: 'number', source: 'number' }],
};
const published: PublishedContent = {
  systems: new Map([
    ['till', { connector: 'till', name: 'Till', settings: {} }],
    ['web', { connector: 'shop', name: 'Web', settings: {} }],
  ]),
  ...{ flows: new Map(), fieldOwners: new Map(), valueLists: new Map(), comparisons: new Map(), alertChannels: new Map(), alertRules: new Map() },
  mappings: new Map([['order-out', mapping]]),
  ...{ versions: new Map(), drafts: new Set<string>() },
}; // prettier-ignore

interface Options {
  readonly prune?: boolean;
  readonly now?: PublishedContent;
  readonly wrong?: readonly MappingProblem[];
}
function planOf(file: string, { prune = false, now = published, wrong = [] }: Options = {}): ConfigurationPlan {
  const read = readConfigurationFile(file);
  if (read.type === 'refused') throw new Error(JSON.stringify(read.problems));
  const ofKind = (kind: string) => ({ kind, name: kind, targets: [], settingsSchema: {} as Document });
  const connectors = [
    { ...ofKind('till'), defaultMappings: [] },
    { ...ofKind('shop'), defaultMappings: [{ key: 'order-out', ...mapping }] },
  ];
  const alerts = { ruleProblem: () => undefined, addressProblem: () => undefined };
  return planConfiguration(read.content, now, { prune, checks: { connectors, mappingProblems: () => wrong, alerts } });
}
const changesOf = ({ parts: { systems, mappings } }: ConfigurationPlan): readonly string[] => [
  ...systems.flatMap(({ key, changes }) => changes.map(({ kind, path }) => `${kind} systems.${key} ${path}`)),
  ...mappings.flatMap(({ key, changes }) => changes.map(({ kind, path }) => `${kind} mappings.${key} ${path}`)),
];

describe('mappings that people made', () => {
  const own = `koppel: 1
systems: { web: { mappings: [order-short] } }
mappings:
  order-short:
    name: Short orders
    connector: shop
    direction: outbound
    record: order
    entity: order
    rules:
      - { target: number, copy: number }
`;
  const short: MappingPart = { ...mapping, name: 'Short orders' };
  const having = (more: Partial<PublishedContent>): PublishedContent => ({ ...published, ...more });
  const withShort = new Map([...published.mappings, ['order-short', short]]);

  it('are made, and chosen for a system', () => {
    const plan = planOf(own);
    expect(plan.problems).toEqual([]);
    expect(changesOf(plan)).toEqual(expect.arrayContaining(['ADDED systems.web mappings', 'ADDED mappings.order-short name', 'ADDED mappings.order-short rules.number'])); // prettier-ignore
  });

  it('may be wrong until a system uses them', () => {
    const wrong = [{ code: 'REQUIRED', at: 'rules', message: 'number has no rule.' }] as unknown as MappingProblem[];
    const alone = own.replace('[order-short]', '[]');
    expect(planOf(alone, { wrong }).problems).toEqual([]);
    expect(planOf(own, { wrong }).problems).toMatchObject([{ line: 4, message: expect.stringContaining('number has no rule.') }]); // prettier-ignore
    const chosen = 'koppel: 1\nsystems: { web: { mappings: [order-short] } }\n';
    const now = having({ mappings: withShort });
    expect(planOf(chosen, { now, wrong }).problems).toMatchObject([
      { line: 2, message: 'The mapping order-short cannot be used: number has no rule.' },
    ]);
  });

  it('are those that are there, of the kind of the system, one for each kind of record', () => {
    const said = (mappings: string): readonly string[] =>
      planOf(`koppel: 1\nsystems: { web: { mappings: [${mappings}] }, till: { mappings: [order-short] } }\n`, {
        now: having({ mappings: new Map([...withShort, ['order-long', { ...short, name: 'Long' }]]) }),
      }).problems.map(({ message }) => message);
    expect([...said('order-short, order-long, order-out, none')].sort()).toEqual([
      'The mapping order-short belongs to another kind of system.',
      'There is no mapping none that people made.',
      'There is no mapping order-out that people made.',
      'order-long and order-short are for the same records; a system uses one of them.',
    ]);
  });

  it('are what a connector could ship, have a name, and never become a shipped one', () => {
    const said = (file: string): readonly string[] => planOf(file).problems.map(({ message }) => message);
    expect(said(own.replace('entity: order', 'entity: variant'))[0]).toMatch(/There is no mapping of this connector/);
    expect(said(own.replace('    name: Short orders\n', ''))).toContain('There is no mapping order-short. One that people make needs name.'); // prettier-ignore
    expect(said('koppel: 1\nmappings: { order-out: { name: Mine } }')).toEqual(['It came with its connector, and is called by what it carries.']); // prettier-ignore
  });

  it('are what the file says and no other; a file that says nothing of them changes nothing', () => {
    const web = { ...published.systems.get('web')!, mappings: ['order-short'] };
    const now = having({ mappings: withShort, systems: new Map([...published.systems, ['web', web]]) });
    expect(changesOf(planOf('koppel: 1\nsystems: { web: { name: Web } }', { now }))).toEqual([]);
    expect(changesOf(planOf('koppel: 1\nsystems: { web: { mappings: [] } }', { now }))).toEqual([
      'REMOVED systems.web mappings',
    ]);
    expect(changesOf(planOf('koppel: 1\nmappings: {}', { now, prune: true }))).not.toContain(expect.stringMatching('order-short')); // prettier-ignore
  });
});
