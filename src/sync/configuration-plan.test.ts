/** Plans of configuration files: exactly what differs, nothing that the file does not mention, all that is wrong. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from '../base/document.js';
import type { MappingProblem, ValueListEntry } from '../mapping/mapping.js';
import { writeConfigurationFile, type MappingPart } from './configuration-file.js';
import { readConfigurationFile } from './configuration-file-read.js';
import { mergedEntries, rowChanges } from './configuration-merge.js';
import { planConfiguration, type ConfigurationPlan } from './configuration-plan.js';
import type { PublishedContent } from './configuration-planned.js';

const mapping: MappingPart = {
  connector: 'shop',
  direction: 'outbound',
  record: 'order',
  entity: 'order',
  rules: [
    { kind: 'copy', target: 'number', source: 'number' },
    { kind: 'valueList', target: 'vat', source: 'tax', list: 'vat' },
  ],
};
const published: PublishedContent = {
  systems: new Map([
    ['till', { connector: 'till', name: 'Till', settings: { url: 'https://till.example', timeoutMs: 5_000 } }],
    ['web', { connector: 'shop', name: 'Web', settings: { url: 'https://web.example', timeoutMs: 9_000 } }],
  ]),
  flows: new Map([
    ['orders', { name: 'Orders', entity: 'order', source: 'web', target: 'till', pollEveryMs: 5_000, settings: { batchSize: 100, order: { employee: '7', branch: '1' } } }],
  ]),
  fieldOwners: new Map([
    ['variant', { gtin: { policy: 'manual', owner: null }, name: { policy: 'source', owner: 'till' } }],
  ]),
  mappings: new Map([['order-out', mapping]]),
  valueLists: new Map([
    ['vat', { name: 'VAT', kind: 'TAX_CODE', whenUnmapped: 'fail', entries: [{ from: '21', to: 'HIGH' }, { from: '21', secondKey: 'BE', to: 'BE-HIGH' }, { from: '6', to: 'LOW' }] }],
    ['unit', { name: 'Unit', kind: 'CUSTOM', whenUnmapped: 'pass', entries: [] }],
  ]),
  ...{ comparisons: new Map(), alertChannels: new Map(), alertRules: new Map() },
  versions: new Map([['valueLists.vat', 3]]),
  drafts: new Set(),
}; // prettier-ignore
const text = writeConfigurationFile(published);

interface Options {
  readonly prune?: boolean;
  readonly now?: PublishedContent;
  readonly wrong?: readonly MappingProblem[];
}
function planOf(file: string, { prune = false, now = published, wrong = [] }: Options = {}): ConfigurationPlan {
  const read = readConfigurationFile(file);
  if (read.type === 'refused') throw new Error(JSON.stringify(read.problems));
  const connectors = [
    { kind: 'till', name: 'Till', targets: [], defaultMappings: [], settingsSchema: { properties: { secret: { writeOnly: true } } } },
    { kind: 'shop', name: 'Shop', targets: [], defaultMappings: [{ key: 'order-out', ...mapping }], settingsSchema: {} as Document },
  ]; // prettier-ignore
  const alerts = { ruleProblem: () => undefined, addressProblem: () => undefined };
  return planConfiguration(read.content, now, { prune, checks: { connectors, mappingProblems: () => wrong, alerts } });
}
const changesOf = ({ parts }: ConfigurationPlan): readonly string[] =>
  Object.entries(parts).flatMap(([section, changed]) =>
    (changed as ConfigurationPlan['parts']['systems']).flatMap(({ key, changes }) =>
      changes.map(({ kind, path }) => `${kind} ${section}.${key} ${path}`),
    ),
  );
const problemsOf = ({ problems }: ConfigurationPlan): readonly string[] =>
  problems.map(({ line, at, message }) => `${line} ${at}: ${message}`);
const lines = (...more: readonly string[]): string => ['koppel: 1', ...more].join('\n');

describe('a plan', () => {
  it('is empty for what was exported', () => {
    for (const prune of [false, true]) {
      expect(changesOf(planOf(text, { prune }))).toEqual([]);
      expect(planOf(text, { prune })).toMatchObject({ problems: [], keptCount: 0 });
    }
  });

  it('of one changed row is that row', () => {
    const { parts } = planOf(text.replace('BE-HIGH', 'BE-21'));
    expect(parts).toMatchObject({ systems: [], flows: [], mappings: [] });
    expect(parts.valueLists.map(({ key, changes }) => [key, changes])).toEqual([
      [
        'vat',
        [
          {
            kind: 'CHANGED',
            path: 'entries.21 BE',
            before: { from: '21', secondKey: 'BE', to: 'BE-HIGH' },
            after: { from: '21', secondKey: 'BE', to: 'BE-21' },
          },
        ],
      ],
    ]);
  });

  it('names rules, settings, names and times one by one', () => {
    const changed = text
      .replace('{ target: number, copy: number }', '{ target: number, copy: reference }')
      .replace('employee: "7"', 'employee: "8"')
      .replace('every: PT5S', 'every: PT10S')
      .replace('name: Web', 'name: Shop');
    expect(changesOf(planOf(changed))).toEqual([
      'CHANGED systems.web name',
      'CHANGED flows.orders every',
      'CHANGED flows.orders settings.order.employee',
      'CHANGED mappings.order-out rules.number',
    ]);
  });

  it('names owners field by field, and leaves those of other fields as they are', () => {
    const owners = lines(
      'fieldOwners:',
      '  variant: { gtin: { system: web }, name: { system: till }, weightGrams: lastWriter }',
      '  customer: { email: manual, phone: }',
    );
    const { parts, keptCount } = planOf(owners);
    expect(parts.fieldOwners.map(({ key, before, changes }) => [key, before === null, changes])).toEqual([
      ['customer', true, [{ kind: 'ADDED', path: 'email', before: null, after: 'manual' }]],
      [
        'variant',
        false,
        [
          { kind: 'CHANGED', path: 'gtin', before: 'manual', after: { system: 'web' } },
          { kind: 'ADDED', path: 'weightGrams', before: null, after: 'lastWriter' },
        ],
      ],
    ]);
    expect(parts).toMatchObject({ systems: [], flows: [], mappings: [], valueLists: [] });
    const price = lines('fieldOwners: { variant: { priceAmount: manual } }');
    expect(changesOf(planOf(price))).toEqual(['ADDED fieldOwners.variant priceAmount']);
    expect(planOf(price).keptCount - keptCount).toBe(2);
    expect(changesOf(planOf(price, { prune: true })).filter((change) => change.includes('fieldOwners'))).toEqual([
      'REMOVED fieldOwners.variant gtin',
      'REMOVED fieldOwners.variant name',
      'ADDED fieldOwners.variant priceAmount',
    ]);
    expect(planOf(lines('fieldOwners: {}')).parts.fieldOwners).toEqual([]);
    expect(planOf(lines('fieldOwners: {}'), { prune: true }).parts.fieldOwners).toMatchObject([
      { key: 'variant', after: null, changes: [{ path: 'gtin' }, { path: 'name' }] },
    ]);
  });

  it('takes away an owner that is null', () => {
    const one = planOf(lines('fieldOwners: { variant: { gtin: null } }')).parts.fieldOwners;
    expect(one.map(({ after, changes }) => [Object.keys(after ?? {}), changes])).toEqual([
      [['name'], [{ kind: 'REMOVED', path: 'gtin', before: 'manual', after: null }]],
    ]);
    const all = planOf(lines('fieldOwners: { variant: { gtin: , name: , weightGrams: } }'));
    expect(all.problems).toEqual([]);
    expect(all.parts.fieldOwners).toMatchObject([{ after: null, changes: [{ path: 'gtin' }, { path: 'name' }] }]);
  });

  it('leaves alone what the file does not mention, and counts it', () => {
    const part = lines(
      'valueLists: { vat: { entries: [ { from: "6", to: SIX } ] } }',
      'flows: { orders: { settings: { order: { branch: "2" } } } }',
      'mappings: { order-out: { rules: [ { target: vat, copy: tax } ] } }',
    );
    const plan = planOf(part);
    expect(changesOf(plan)).toEqual([
      'CHANGED flows.orders settings.order.branch',
      'CHANGED mappings.order-out rules.vat',
      'CHANGED valueLists.vat entries.6',
    ]);
    expect(plan.parts.valueLists[0]?.after?.entries.map(({ to }) => to)).toEqual(['HIGH', 'BE-HIGH', 'SIX']);
    expect(plan.parts.mappings[0]?.after?.rules.map(({ target }) => target)).toEqual(['number', 'vat']);
    expect(plan.parts.flows[0]?.after?.settings).toEqual({ batchSize: 100, order: { employee: '7', branch: '2' } });
    const pruned = planOf(part, { prune: true });
    const gone = changesOf(pruned).filter((change) => change.startsWith('REMOVED'));
    expect(gone).toContain('REMOVED valueLists.vat entries.21 BE');
    expect(gone).toContain('REMOVED mappings.order-out rules.number');
    expect(gone).toContain('REMOVED flows.orders settings.batchSize');
    expect(gone).toContain('REMOVED valueLists.unit name');
    expect(plan.keptCount).toBe(gone.length);
  });

  it('takes a setting away that is null, and never removes systems, flows or mappings', () => {
    const without = lines('systems: { till: { settings: { timeoutMs: null } } }');
    expect(changesOf(planOf(without))).toEqual(['REMOVED systems.till settings.timeoutMs']);
    const { parts, problems } = planOf(lines('valueLists: { vat: {} }'), { prune: true });
    expect([parts.systems, parts.flows, parts.mappings, problems]).toEqual([[], [], [], []]);
  });

  it('of any two states of a list leads from one to the other, and removes nothing unless it is asked to', () => {
    const code = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const entry = fc.record({ from: code, secondKey: fc.option(code, { nil: undefined }), to: code }).map(
      ({ secondKey, ...rest }): ValueListEntry => (secondKey === undefined ? rest : { ...rest, secondKey }),
    ); // prettier-ignore
    const list = fc.uniqueArray(entry, { selector: ({ from, secondKey }) => `${from} ${secondKey}` });
    fc.assert(
      fc.property(list, list, (before, after) => {
        expect(mergedEntries(before, after, true)).toEqual(after);
        const kept = mergedEntries(before, after, false);
        expect(kept.filter((each) => after.includes(each))).toEqual(after);
        expect(rowChanges(before, kept).filter(({ kind }) => kind === 'REMOVED')).toEqual([]);
        expect(rowChanges(after, after)).toEqual([]);
        // The same changes are found once: what was taken over differs in nothing any more.
        expect(mergedEntries(kept, after, false)).toEqual(kept);
      }),
    );
  });

  it('has a hash of these changes to this state', () => {
    const changed = text.replace('BE-HIGH', 'BE-21');
    const { hash } = planOf(changed);
    expect(planOf(changed).hash).toBe(hash);
    expect(planOf(`${changed}\n# a comment\n`).hash).toBe(hash);
    expect(planOf(text.replace('BE-HIGH', 'BE-22')).hash).not.toBe(hash);
    const row = lines('valueLists: { vat: { entries: [ { from: "6", to: SIX } ] } }');
    const others = { ...published, fieldOwners: new Map() };
    expect(planOf(row, { now: others }).hash).not.toBe(planOf(row).hash);
    const later = { ...published, versions: new Map([['valueLists.vat', 4]]) };
    expect(planOf(changed, { now: later }).hash).not.toBe(hash);
  });
});

describe('what is wrong with a file', () => {
  it('is said all at once, with lines', () => {
    const wrong = lines(
      'systems:',
      '  new: { name: New }',
      '  till: { connector: shop, settings: { secret: x } }',
      'flows:',
      '  orders: { target: web, every: PT0.5S, settings: { batchsize: 5, order: { employee: 7 } } }',
      '  more: { name: More }',
      'mappings:',
      '  nothing: { rules: [] }',
      'valueLists:',
      '  unit: { whenUnmapped: default }',
      '  Bad Key: { name: x, kind: CUSTOM }',
    );
    const said = problemsOf(planOf(wrong));
    expect(said.map((problem) => problem.split(':')[0])).toEqual([
      '3 systems.new',
      '4 systems.till',
      '4 systems.till',
      '6 flows.orders',
      '6 flows.orders',
      '6 flows.orders.settings.order.employee',
      '6 flows.orders.settings.batchsize',
      '7 flows.more',
      '9 mappings.nothing',
      '11 valueLists.unit',
      '12 valueLists.Bad Key',
    ]);
    expect(said).toContain(
      '3 systems.new: There is no system new here. Connect it first, with its secrets; then import again.',
    );
    expect(said).toContain('4 systems.till: secret is secret; a file does not set it. Take it out of the file.');
    expect(said).toContain('6 flows.orders: "target" is till and cannot become web.');
  });

  it('is said of an owner in the line of its field, also when it would change nothing', () => {
    const wrong = lines(
      'fieldOwners:',
      '  variant:',
      '    gtin: { system: moon }',
      '    sku: manual',
      '    colour:',
      '    name: { system: till }',
    );
    expect(problemsOf(planOf(wrong))).toEqual([
      '4 fieldOwners.variant.gtin: There is no system moon.',
      '5 fieldOwners.variant.sku: The owner of variant.sku cannot be set.',
      '6 fieldOwners.variant.colour: There is no field variant.colour.',
    ]);
  });

  it('is said of a rule in its own line', () => {
    const file = text.replace('copy: number }', 'copy: nonsense }');
    const problem = { code: 'UNKNOWN_FIELD', at: 'rules.0', message: 'there is no nonsense' } as const;
    const line = file.split('\n').findIndex((each) => each.includes('nonsense')) + 1;
    expect(problemsOf(planOf(file, { wrong: [problem] }))).toEqual([
      `${line} mappings.order-out.rules.0: rules.0 (number): there is no nonsense`,
    ]);
  });

  it('is that somebody is editing what would change', () => {
    const now = { ...published, drafts: new Set(['valueLists.vat', 'mappings.order-out']) };
    expect(problemsOf(planOf(text, { now }))).toEqual([]);
    expect(problemsOf(planOf(text.replace('BE-HIGH', 'X'), { now }))).toEqual([
      expect.stringMatching(/^\d+ valueLists\.vat: Somebody is editing it/),
    ]);
  });

  it('is that a list would go which a mapping uses, unless the mapping stops using it', () => {
    const { entries: _, ...unit } = published.valueLists.get('unit')!;
    const without = { ...published, valueLists: new Map([['unit', { ...unit, entries: [] }]]) };
    const file = writeConfigurationFile(without);
    expect(problemsOf(planOf(file, { prune: true }))).toEqual([
      'null valueLists.vat: It is not in the file, but it is used by order-out.',
    ]);
    const unused = file.replace('valueList: vat, source: tax', 'copy: tax');
    expect(planOf(unused, { prune: true }).problems).toEqual([]);
  });
});
