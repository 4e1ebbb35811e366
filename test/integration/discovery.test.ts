/** Fields that people add in a system become usable in mappings, stay so when they vanish there, and are kept in a real database. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import type { DiscoveredField, Field } from '../../src/base/document.js';
import { KoppelError } from '../../src/base/errors.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { newId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import { compileMapping } from '../../src/mapping/compile.js';
import type { Rule } from '../../src/mapping/mapping.js';
import * as configurationStore from '../../src/store/configuration.js';
import * as shipped from '../../src/store/shipped.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as discovered from '../../src/store/discovered-fields.js';
import { makeConfiguration, type LiveConfiguration } from '../../src/sync/configuration-source.js';
import { discoverSystem, makeDiscovery } from '../../src/sync/discovery.js';
import { installDefaults } from '../../src/sync/install.js';
import type { Connector, System } from '../../src/systems/system.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/wait.js';
import { tillConnector } from './scripted-target.js';

const traits: Field = {
  name: 'traits',
  type: 'object',
  list: true,
  byCode: [],
  fields: [
    { name: 'code', type: 'text', required: true },
    { name: 'value', type: 'text', required: true },
  ],
};
const trait = (code: string, type: DiscoveredField['type'] = 'text'): DiscoveredField => ({
  record: 'product',
  path: `traits.${code}`,
  type,
  label: code,
});
const definition = {
  key: 'till-product-in',
  direction: 'inbound',
  connector: 'till',
  record: 'product',
  entity: 'product',
  rules: [{ kind: 'copy', source: 'name', target: 'name' }],
} as const;

let shown: Map<string, readonly DiscoveredField[] | KoppelError>;
let asked: string[];
let test: TestDatabase;
let database: Database;
let configuration: LiveConfiguration;
let announced: number;
let stopCounting: () => void;

const connector: Connector = {
  ...tillConnector,
  catalogue: [{ record: 'product', fields: [{ name: 'name', type: 'text' }, traits] }],
  defaultMappings: [definition],
  connect: (settings): System => ({
    ...tillConnector.connect({}, { clock: systemClock, logger: silentLogger, failpoint: noFailpoint }),
    discover: async () => {
      const key = String(settings['key']);
      asked.push(key);
      const fields = shown.get(key) ?? [];
      if (fields instanceof KoppelError) throw fields;
      return fields;
    },
  }),
};
const store = { ...configurationStore, ...discovered };

beforeEach(async () => {
  shown = new Map();
  asked = [];
  announced = 0;
  test = await createTestDatabase();
  const base = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  database = openDatabase({ url: test.url, poolMax: 4, applicationName: 'test' }, base);
  await installDefaults({ database, store: configurationStore, shipped }, [connector]);
  await addSystem('till');
  configuration = makeConfiguration({
    ...base,
    database,
    store,
    connectors: [connector],
    compile: compileMapping,
    openSecrets: () => ({}),
  });
  await configuration.start();
  stopCounting = configuration.onChange(() => announced++);
});
afterEach(async () => {
  stopCounting();
  await configuration.stop();
  await database.end();
  await test.drop();
});

const addSystem = (key: string): Promise<unknown> =>
  database.tx((tx) =>
    configurationStore.installSystem(tx, {
      id: newId('system'),
      key,
      connector: 'till',
      name: key,
      settings: { key },
      secrets: null,
    }),
  );

/** What the system shows now, in force. */
async function discover(key: string, ...fields: DiscoveredField[]): Promise<boolean> {
  shown.set(key, fields);
  const changed = await discoverSystem({ database, store }, configuration.current().systems.get(key)!, never);
  await configuration.reload();
  return changed;
}
const never = new AbortController().signal;

/** Publishes the shipped mapping with one more rule. */
async function publish(rule: Rule): Promise<void> {
  const next = JSON.stringify({ ...definition, rules: [...definition.rules, rule] });
  await database.query(
    `with next as (
       insert into mapping_version (mapping, version, definition, note)
       select key, published_version + 1, $2::jsonb, 'test' from mapping where key = $1
       returning version
     )
     update mapping set published_version = (select version from next) where key = $1`,
    [definition.key, next],
  );
}
const copy = (source: string, target: string): Rule => ({ kind: 'copy', source, target });

const made = (values: Readonly<Record<string, string>>): unknown => {
  const list = Object.entries(values).map(([code, value]) => ({ code, value }));
  const mapping = configuration.current().inbound('till', 'product')!.compiled;
  const mapped = mapping.run({ name: 'Shirt', traits: list }, 'create');
  return mapped.type === 'mapped' ? mapped.document : mapped;
};
const known = async (): Promise<readonly unknown[]> =>
  database.query(
    `select system, path, type, gone_at is not null as gone, last_seen_at >= first_seen_at as seen
     from discovered_field order by system, path`,
  );

describe('a discovered field', () => {
  it('can be mapped once it is known, and a name that is not is refused', async () => {
    await publish(copy('traits.washing', 'brand'));
    await expect(configuration.reload()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('the field "traits.washing" does not exist'),
    });
    expect(await discover('till', trait('washing'), trait('weight', 'decimal'))).toBe(true);
    expect(made({ washing: '30°', weight: '1.5' })).toEqual({ name: 'Shirt', brand: '30°' });
    await publish(copy('traits.weight', 'weightGrams'));
    await expect(configuration.reload()).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    await publish(copy('traits.weight', 'attributes.grams'));
    await configuration.reload();
    expect(made({ weight: '1.5' })).toEqual({ name: 'Shirt', attributes: [{ code: 'grams', value: '1.5' }] });
  });

  it('stays usable when it is gone, and is there again when it comes back', async () => {
    await discover('till', trait('washing'), trait('season'));
    await publish(copy('traits.washing', 'brand'));
    expect(await discover('till', trait('season'))).toBe(true);
    const row = { system: 'till', type: 'text', seen: true };
    expect(await known()).toEqual([
      { ...row, path: 'traits.season', gone: false },
      { ...row, path: 'traits.washing', gone: true },
    ]);
    expect(made({ washing: '30°' })).toMatchObject({ brand: '30°' });
    expect(await discover('till', trait('season'))).toBe(false);
    expect(await discover('till', trait('season'), trait('washing'))).toBe(true);
    expect((await known()).filter((each) => (each as { gone: boolean }).gone)).toEqual([]);
  });

  it('that changes its type or is said twice is stored as it is now, once', async () => {
    expect(await discover('till', trait('size', 'integer'), trait('size', 'integer'))).toBe(true);
    expect(await discover('till', trait('size', 'integer'))).toBe(false);
    expect(await discover('till', trait('size'))).toBe(true);
    expect(await known()).toMatchObject([{ path: 'traits.size', type: 'text' }]);
    expect(await discover('till')).toBe(true);
    expect(await discover('till')).toBe(false);
  });

  it('of any system of a kind can be named by the mappings of that kind', async () => {
    await addSystem('till-2');
    await configuration.reload();
    await discover('till', trait('season'));
    await discover('till-2', trait('washing'));
    await publish(copy('traits.washing', 'brand'));
    await configuration.reload();
    expect(made({ washing: '60°' })).toMatchObject({ brand: '60°' });
    await discover('till-2');
    expect(await known()).toMatchObject([
      { system: 'till', gone: false },
      { system: 'till-2', gone: true },
    ]);
  });
});

describe('discovery', () => {
  it('asks each system when it is connected, also one that comes later, and takes over what is new', async () => {
    shown.set('till', [trait('season')]);
    const discovery = makeDiscovery({ database, store, configuration, clock: systemClock, logger: silentLogger });
    await discovery.start();
    try {
      await until(() => announced > 0, { what: 'the configuration to be announced' });
      expect(asked).toEqual(['till']);
      await addSystem('till-2');
      shown.set('till-2', [trait('washing')]);
      await configuration.reload();
      await until(async () => (await known()).length === 2, { what: 'the new system to be asked' });
      expect(asked).toEqual(['till', 'till-2']);
    } finally {
      await discovery.stop();
    }
  });

  it('leaves what is known when a system cannot be asked, says so, and asks the others', async () => {
    await discover('till', trait('season'));
    const before = await known();
    const warnings: unknown[] = [];
    const logger = { ...silentLogger, warn: (fields: unknown) => void warnings.push(fields) };
    await addSystem('till-2');
    await configuration.reload();
    shown.set('till', new KoppelError('SYSTEM_UNREACHABLE', { system: 'Till', what: 'refused' }));
    shown.set('till-2', [trait('washing')]);
    const discovery = makeDiscovery({ database, store, configuration, clock: systemClock, logger });
    await discovery.start();
    try {
      await until(async () => (await known()).length === 2, { what: 'the other system to be asked' });
    } finally {
      await discovery.stop();
    }
    expect(warnings).toEqual([expect.objectContaining({ system: 'till', code: 'SYSTEM_UNREACHABLE' })]);
    expect((await known())[0]).toEqual(before[0]);
  });

  it('asks no system that is paused', async () => {
    await database.query(`update system set status = 'PAUSED'`);
    await addSystem('till-2');
    await configuration.reload();
    shown.set('till-2', [trait('washing')]);
    const discovery = makeDiscovery({ database, store, configuration, clock: systemClock, logger: silentLogger });
    await discovery.start();
    try {
      await until(async () => (await known()).length === 1, { what: 'the system that is not paused to be asked' });
    } finally {
      await discovery.stop();
    }
    expect(asked).toEqual(['till-2']);
  });
});
