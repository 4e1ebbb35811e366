/** Conformance: catalogue, computed fields, default mappings and settings fit each other and the records. */
import { describe, expect, it } from '@jest/globals';
import type { Document, Field, Json, RecordCatalogue } from '../../src/base/document.js';
import type { KoppelError } from '../../src/base/errors.js';
import { inboundCatalogue, outboundCatalogue } from '../../src/canonical/entities.js';
import { compileMapping } from '../../src/mapping/compile.js';
import type { CompiledMapping, MappingDefinition } from '../../src/mapping/mapping.js';
import type { Connector } from '../../src/systems/system.js';
import type { Features, World } from './system-features.js';
import { follow, nobody, nothingYet, thrownBy } from './system-world.js';

export function describeConfiguration(features: Features, open: () => World): void {
  describe('its catalogue and mappings', () => describeMappings(features, open));
  describe('its settings', () => describeSettings(features));
}

function describeMappings({ connector, streams }: Features, open: () => World): void {
  const catalogueOf = (record: string): RecordCatalogue => recordIn(connector.catalogue, record);
  const compiled = (definition: MappingDefinition): CompiledMapping => {
    const own = catalogueOf(definition.record);
    const isInbound = definition.direction === 'inbound';
    const ours = recordIn(isInbound ? inboundCatalogue : outboundCatalogue, definition.entity);
    const sides = isInbound ? { source: own, target: ours } : { source: ours, target: own };
    const result = compileMapping(definition, { ...sides, valueLists: connector.defaultValueLists });
    if (result.type === 'compiled') return result.mapping;
    throw new Error(`${definition.key}: ${JSON.stringify(result.problems)}`);
  };
  const inboundOf = (stream: string): CompiledMapping => {
    const { record, entity } = connector.streams.find(({ name }) => name === stream)!;
    const found = connector.defaultMappings.filter(
      (one) => one.direction === 'inbound' && one.record === record && one.entity === entity,
    );
    expect(found).toHaveLength(1);
    return compiled(found[0]!);
  };
  const documentsOf = async (stream: string): Promise<readonly Document[]> =>
    [...(await follow(open().connect(), stream, nothingYet(), 100)).records.values()].map(({ document }) => document);
  it('lead to codes that the system lists itself, each once and with a name', async () => {
    const system = open().connect();
    const { signal } = new AbortController();
    for (const [key, list] of Object.entries(connector.codeLists ?? {})) {
      const entries = connector.defaultValueLists.find((each) => each.key === key)?.entries ?? [];
      const codes = await system.codes!(list, signal);
      const values = codes.map(({ value }) => value);
      expect(values).toEqual([...new Set(values)]);
      expect(values).toEqual(expect.arrayContaining(entries.map(({ to }) => to)));
      expect(codes.filter(({ name }) => name === null)).toEqual([]);
    }
    await expect(system.codes!('no such list', signal)).rejects.toMatchObject({ code: 'UNEXPECTED' });
  });

  it('compile, each against the catalogues as they are', () => {
    expect(connector.defaultMappings.map((definition) => compiled(definition).definition)).toEqual(
      connector.defaultMappings,
    );
    for (const { record, entity } of connector.targets) {
      const outbound = connector.defaultMappings.filter(
        (one) => one.direction === 'outbound' && one.record === record && one.entity === entity,
      );
      expect(outbound.length).toBeLessThanOrEqual(1);
      expect(catalogueOf(record).fields.length).toBeGreaterThan(0);
    }
  });

  it.each(streams.map(({ name }) => name))('map every record of a snapshot of %s', async (stream) => {
    const { record } = connector.streams.find(({ name }) => name === stream)!;
    const mapping = inboundOf(stream);
    const documents = await documentsOf(stream);
    for (const mode of ['create', 'update'] as const) {
      const results = documents.map((document) => mapping.run(connector.derive(record, document, 'system', {}), mode));
      expect(results.filter(({ type }) => type === 'failed')).toEqual([]);
      expect(results.filter(({ type }) => type === 'mapped').length).toBeGreaterThan(0);
    }
  });

  it.each(streams.map(({ name }) => name))(
    'describe the documents of %s, and computing leaves them alone',
    async (stream) => {
      const { record } = connector.streams.find(({ name }) => name === stream)!;
      const { fields } = catalogueOf(record);
      for (const document of await documentsOf(stream)) {
        for (const field of fields) {
          if (field.required === true && field.computed !== true) expect(document).toHaveProperty(field.name);
        }
        const frozen = deepFreeze(document);
        const derived = connector.derive(record, frozen, 'system', {});
        expect(connector.derive(record, frozen, 'system', {})).toEqual(derived);
        expectComputed(fields, document, derived);
      }
    },
  );

  it('compute from whatever document comes, also an empty one of an older release', () => {
    for (const { record, fields } of connector.catalogue) {
      expect(() => connector.derive(record, deepFreeze({}), 'system', {})).not.toThrow();
      for (const odd of [null, 'text', 7, [], {}, [null], [7]] satisfies Json[]) {
        const document = Object.fromEntries(fields.map(({ name }) => [name, odd]));
        expect(() => connector.derive(record, deepFreeze(document), 'system', {})).not.toThrow();
      }
    }
  });
}

/** What was added is in the catalogue as computed. */
function expectComputed(fields: readonly Field[], document: Document, derived: Document): void {
  const added = Object.keys(derived).filter((name) => !Object.hasOwn(document, name));
  const computed = fields.filter((field) => field.computed === true).map(({ name }) => name);
  expect(computed).toEqual(expect.arrayContaining(added));
}

function describeSettings({ connector, settings, secrets }: Features): void {
  const schema = connector.settingsSchema as unknown as {
    readonly properties: Readonly<Record<string, { readonly type: string; readonly writeOnly?: boolean }>>;
    readonly required: readonly string[];
  };
  const names = Object.keys(schema.properties);

  it('name their secrets, and those that are needed', () => {
    const hidden = names.filter((name) => schema.properties[name]?.writeOnly === true);
    expect(hidden.length).toBeGreaterThan(0);
    expect(secrets).toEqual(expect.arrayContaining(hidden));
    expect(names).toEqual(expect.arrayContaining([...schema.required, ...Object.keys(settings(nobody))]));
  });

  it.each([
    ['nothing is given', {}, () => schema.required],
    ['every one has the wrong type', wrongTypes(schema.properties), () => names],
    ['one of them does not exist', { ...settings(nobody), surprise: 1 }, () => ['surprise']],
    ['the address is none', { ...settings(nobody), url: 'somewhere' }, () => ['url']],
    ['the address is not encrypted', { ...settings(nobody), url: 'http://example.com' }, () => ['url', 'https']],
    ['the address holds credentials', { ...settings(nobody), url: 'https://me:word@example.com' }, () => ['url']],
  ])('are refused, with every problem at once, when %s', async (_, document: Document, named) => {
    const error = await thrownBy((async () => connect(connector, document))());
    expect(error).toMatchObject({ code: 'SETTINGS_INVALID', class: 'usage' });
    for (const name of named()) expect(error?.message).toContain(name);
    // Each begins with the name of the setting at which a form shows it.
    const problems = String((error as KoppelError).values['problems']).split('; ');
    expect([...names, 'surprise']).toEqual(expect.arrayContaining(problems.map((problem) => problem.split(' ')[0])));
  });

  it('say where pages are by templates that are looked at', async () => {
    for (const { setting } of connector.pages) {
      expect(schema.properties[setting]).toMatchObject({ type: 'string', format: 'uri-template' });
      const error = await thrownBy(
        (async () => connect(connector, { ...settings(nobody), [setting]: 'javascript:{id}' }))(),
      );
      expect(error).toMatchObject({ code: 'SETTINGS_INVALID' });
      expect(error?.message).toContain(setting);
    }
  });

  it('are not repeated when they are refused', async () => {
    const pasted = { ...settings('https://user:pasted-secret@example.com/?secret=pasted-secret') };
    for (const name of secrets) pasted[name] = ' pasted-secret\n ';
    const error = await thrownBy((async () => connect(connector, { ...pasted, timeoutMs: 'pasted-secret' }))());
    expect(error?.code).toBe('SETTINGS_INVALID');
    expect(`${error?.message} ${error?.stack} ${JSON.stringify(error)}`).not.toContain('pasted-secret');
  });
}

function connect(connector: Connector, document: Document): void {
  // Refused before anything is done with the rest.
  connector.connect(document, undefined as never);
}

const wrongTypes = (properties: Readonly<Record<string, { readonly type: string }>>): Document =>
  Object.fromEntries(Object.entries(properties).map(([name, { type }]) => [name, type === 'string' ? 42 : 'wrong']));

function recordIn(catalogue: readonly RecordCatalogue[], record: string): RecordCatalogue {
  const found = catalogue.find((one) => one.record === record);
  if (found === undefined) throw new Error(`the catalogue has no ${record}`);
  return found;
}

function deepFreeze<T extends Json>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part as Json);
  }
  return value;
}
