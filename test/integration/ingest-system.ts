/**
 * A system made for tests: its documents are canonical documents already, so a test says what arrives in the hub's own words.
 */
import { withoutPersonIn } from '../../src/canonical/erasure.js';
import type { Document } from '../../src/base/document.js';
import { toFlowSettings } from '../../src/sync/flow-settings.js';
import type { FlowEntity } from '../../src/canonical/entities.js';
import type { FieldOwner } from '../../src/canonical/ownership.js';
import type { CompiledMapping, MappedRecord } from '../../src/mapping/mapping.js';
import type { Configuration, ConfigurationSource, ConnectedSystem, Flow } from '../../src/sync/configuration.js';
import type { Connector, Source, System } from '../../src/systems/system.js';

/** `poison: 'mapping'` in a document makes its mapping fail, `unmapped: x` lacks a list entry, `skip: why` is excluded. */
export const testMapping: CompiledMapping = {
  definition: { key: 'test-in', direction: 'inbound', connector: 'test', record: 'any', entity: 'product', rules: [] },
  createOnly: new Set(),
  dependsOn: new Map(),
  run(source): MappedRecord {
    const { poison, unmapped: value, skip, cleared, ...document } = source;
    if (poison === 'mapping') {
      const problem = { code: 'WRONG_TYPE', path: 'name', message: 'name is no text', value: 7 } as const;
      return { type: 'failed', problems: [problem] };
    }
    if (typeof value === 'string') {
      const problem = {
        code: 'UNMAPPED_VALUE',
        path: 'taxClass',
        message: `no entry for ${value}`,
        value,
        list: 'tax',
      };
      return { type: 'failed', problems: [problem as { code: 'UNMAPPED_VALUE'; path: string; message: string }] };
    }
    if (typeof skip === 'string') return { type: 'excluded', reason: skip };
    return {
      type: 'mapped',
      document,
      cleared: (cleared as readonly string[] | undefined) ?? [],
      unmapped: [],
      defaulted: [],
    };
  },
};

export const testConnector: Connector = {
  kind: 'test',
  name: 'Test system',
  changeDetection: 'SYNC_MARKER',
  catalogue: [],
  defaultMappings: [],
  defaultValueLists: [],
  streams: [
    { name: 'products', record: 'product', entity: 'product' },
    { name: 'categories', record: 'category', entity: 'category' },
    { name: 'locations', record: 'location', entity: 'stock_location' },
    { name: 'levels', record: 'level', entity: 'stock_level' },
    { name: 'customers', record: 'customer', entity: 'customer' },
    { name: 'orders', record: 'order', entity: 'order' },
  ],
  targets: [
    { entity: 'category', record: 'category', batch: 1, uniqueKey: false },
    { entity: 'customer', record: 'customer', batch: 1, uniqueKey: true, mark: 'hubId' },
    {
      entity: 'contact',
      record: 'contact',
      batch: 1,
      uniqueKey: false,
      shownIn: { record: 'customer', list: 'contacts', named: 'debtorId' },
    },
    { entity: 'order', record: 'order', batch: 1, uniqueKey: true, mark: 'hubId' },
  ],
  settingsSchema: {},
  pages: [],
  personal: {
    emptied: {}, customerOf: (record, { customer }) => (record === 'order' && typeof customer === 'string' ? customer : undefined),
    withoutPerson: (record, document) => (record === 'customer' ? {} : record === 'order' ? withoutPersonIn('order', document) : document),
  }, // prettier-ignore
  derive: (_, document) => document,
  connect: () => {
    throw new Error('the test system is not connected to anything');
  },
};

export const testSystem = (source: Partial<Source> = {}, fingerprint = (): string => 'shop-1'): System => ({
  source: source as Source,
  target: {} as System['target'],
  account: () => Promise.resolve({ name: 'Shop', fingerprint: fingerprint(), currency: null, country: null }),
  test: () => Promise.resolve([]),
  discover: () => Promise.resolve([]),
  close: () => Promise.resolve(),
});

export const testFlow = (
  source: string,
  target: string,
  entity: FlowEntity,
  pollEveryMs = 20,
  settings: Document = {},
): Flow => ({
  id: `flw_${source}_${entity}`,
  key: `${source}-${entity}`,
  name: `${entity} from ${source}`,
  entity,
  source,
  target,
  isEnabled: true,
  isRead: true,
  isInUse: true,
  startedAt: '2025-01-01T00:00:00.000Z',
  pollEveryMs,
  settings: toFlowSettings({ batchSize: 100, ...settings }),
});

export interface TestConfiguration extends ConfigurationSource {
  flows: Flow[];
  mapping: CompiledMapping;
  systems: Map<string, ConnectedSystem>;
  fieldOwners: readonly FieldOwner[];
  /** `shop MAIN`: a place about which a flow tells the system. */
  told: Set<string>;
  changed(): void;
}

/** `till` and `shop`, with all flows from the till to the shop. */
export function testConfiguration(systems: Readonly<Record<string, System>> = {}): TestConfiguration {
  const listeners = new Set<() => void>();
  const connected = (key: string): ConnectedSystem => ({
    id: `sys_${key}`,
    key,
    name: key,
    connector: testConnector,
    system: systems[key] ?? testSystem(),
    settings: {},
    isPaused: false,
    version: 1,
  });
  const configuration: TestConfiguration = {
    flows: (['product', 'category', 'stock'] as const).map((entity) => testFlow('till', 'shop', entity)),
    mapping: testMapping,
    told: new Set(),
    fieldOwners: [],
    systems: new Map(['till', 'shop'].map((key) => [key, connected(key)])),
    current: (): Configuration => ({
      systems: configuration.systems,
      flows: configuration.flows,
      catalogues: new Map(),
      fieldOwners: configuration.fieldOwners,
      valueLists: [],
      inbound: () => ({ key: 'test-in', version: 1, lists: {}, compiled: configuration.mapping }),
      outbound: () => undefined,
      stockPlaces: () => undefined,
      counts: (system, location) => !configuration.told.has(`${system} ${location}`),
    }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    changed: () => listeners.forEach((listener) => listener()),
  };
  return configuration;
}
