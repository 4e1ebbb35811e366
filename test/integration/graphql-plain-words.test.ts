/** What sentences of the graph call fields, lists and systems: as people do, in their language; paths and params stay what programs know. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listsOf } from '../../src/mapping/mapping-parts.js';
import type { Commands } from '../../src/resolvers/context.js';
import { makeSpokenNames } from '../../src/sync/spoken-names.js';
import type { Configuration } from '../../src/sync/configuration.js';
import { invalidMapping } from '../../src/sync/invalid-mapping.js';
import { connectors } from '../../src/systems/connectors.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';

const lacks = (line: number, code: string, country: string): string =>
  `The record could not be mapped: lineList.${line}.data.vatCode: the value list "till-vat" has no entry for "${code}" with "${country}".`;

const connected = connectors.map((connector) => [connector.kind, { connector, name: `The ${connector.name}` }]);
const configuration = {
  systems: new Map(connected as never),
  catalogues: new Map(connectors.map(({ kind, catalogue }) => [kind, catalogue])),
  valueLists: [{ key: 'till-vat', name: 'Tax code of Softmaat → VAT rate' }],
} as unknown as Configuration;

describe('sentences about records', () => {
  let world: GraphWorld;
  beforeAll(async () => {
    world = await openGraphWorld({
      commands: {
        names: makeSpokenNames({ current: () => configuration }),
        mappings: { listsOf } as Commands['mappings'],
      },
    });
    const { database } = world;
    await database.query(`insert into system (id, key, connector, name) values
      ('sys_A', 'mpluskassa', 'mpluskassa', 'Till'), ('sys_B', 'softmaat', 'softmaat', 'ERP')`);
    await database.query(`insert into flow (id, key, name, entity, source, target) values
      ('flw_A', 'orders', 'Orders', 'order', 'softmaat', 'mpluskassa')`);
    const parked: [string, string, string][] = [
      ['prk_1', 'vat', lacks(0, '17', 'LU')],
      ['prk_2', 'vat', lacks(1, 'EXPORT', 'NL')],
      ['prk_3', 'alone', lacks(2, '9', 'BE')],
    ];
    for (const [id, fingerprint, message] of parked) {
      await database.query(
        `insert into parked (id, stage, system, flow, entity, canonical_id, record_key, trace_id, code, message, hint, path, source_path,
           classification, fingerprint, payload)
         values ($1, 'project', 'mpluskassa', 'orders', 'order', $1, 'order:' || $1, 'trc', 'UNMAPPED_VALUE', $2, 'h',
           'lineList.2.data.vatCode', 'lines.2.taxRate', 'data', $3, '{}')`,
        [id, message, fingerprint],
      );
    }
    await database.query(`insert into projection (target, entity, canonical_id, flow, state, reason, reason_code) values
      ('mpluskassa', 'order', 'ord_1', 'orders', 'parked', '${lacks(0, '17', 'LU')}', 'UNMAPPED_VALUE')`);
    await database.query(`insert into sales_order (id, version, content_hash, placed_at, currency)
      values ('ord_1', 1, 'h', now(), 'EUR')`);
    await database.query(
      `insert into journal (position, trace_id, step, outcome, system, entity, canonical_id, external_id, code, message)
       values (1, 'trc', 'parked', 'parked', 'mpluskassa', 'order', 'ord_1', '77', 'UNMAPPED_VALUE', $1)`,
      [lacks(0, '17', 'LU')],
    );
  }, 60_000);
  afterAll(() => world.close());

  async function asked(language: string, query: string) {
    const { body } = await world.post(JSON.stringify({ query }), { 'accept-language': language });
    expect(body.errors).toBeUndefined();
    return body.data;
  }

  const problem = '{ deadLetter(id: "prk_3") { sourcePath sourceField error { message path field params } } }';

  it('say why a flow was stopped by the names of fields', async () => {
    const reason = 'Too many records failed in the same way, 21 within a few minutes: lineList.*.data.vatCode: ';
    await world.database.query(`update flow set state = 'SUSPENDED', state_reason = $1 where id = 'flw_A'`, [
      `${reason}The record could not be mapped: …`,
    ]);
    const ask = async (language: string) => (await asked(language, '{ node(id: "flw_A") { ... on Flow { stateReason } } }')).node.stateReason as string; // prettier-ignore
    expect(await ask('en')).toContain('within a few minutes: VAT code of lines: The record');
    expect(await ask('nl')).toContain('binnen enkele minuten: Btw-code van regels: Het record');
    expect(await ask('fr')).not.toContain('vatCode');
  });

  it('say which stream fails, and why, in the language of whoever reads', async () => {
    await world.database.query(`update system set status_since = now() - interval '1 day'`);
    await world.database.query(
      `update flow set state = 'ENABLED', state_since = now() - interval '1 day' where id = 'flw_A'`,
    );
    await world.database.query(
      `insert into capture_position (system, stream, failing_since, failing_message)
       values ('softmaat', 'invoices', '2026-03-01T12:00:00Z', 'ERP did not answer getInvoices within 30000 ms.')`,
    );
    const query = '{ node(id: "flw_A") { ... on Flow { syncState { failingBecause } } } }';
    expect((await asked('nl', query)).node.syncState.failingBecause).toBe(
      'Stroom invoices van ERP mislukt sinds 1 maart 2026 om 12:00:00 UTC: ERP heeft getInvoices niet binnen 30.000 ms beantwoord.',
    );
  });

  it('name mappings by what they carry, also where a value list says which take it', async () => {
    const definition = {
      ...{ key: 'till-invoice-in', connector: 'mpluskassa', direction: 'inbound', record: 'invoice', entity: 'order' },
      rules: [{ kind: 'valueList', source: 'x', list: 'till-vat', target: 'note' }],
    };
    await world.database.query(
      `insert into mapping (id, key, connector, direction, entity, record, published_version) values ('map_1', $1, $2, $3, $4, 'invoice', 1)`,
      [definition.key, definition.connector, definition.direction, definition.entity],
    );
    await world.database.query(`insert into mapping_version (mapping, version, definition) values ($1, 1, $2)`, [
      definition.key,
      JSON.stringify(definition),
    ]);
    await world.database.query(
      `insert into value_list (id, key, name, kind, published_version) values ('vls_1', 'till-vat', 'VAT', 'TAX_CODE', 1)`,
    );
    await world.database.query(
      `insert into value_list_version (value_list, version, body) values ('till-vat', 1, '{"whenUnmapped": "fail", "entries": []}')`,
    );
    const query = '{ mappings { key name } valueMap(id: "vls_1") { usedBy { name } } }';
    expect(await asked('en', query)).toEqual({
      mappings: [{ key: 'till-invoice-in', name: 'Invoices from The MplusKASSA' }],
      valueMap: { usedBy: [{ name: 'Invoices from The MplusKASSA' }] },
    });
    expect((await asked('nl', query)).mappings[0].name).toBe('Facturen van The MplusKASSA');
  });

  it('say why the impact of a mapping is not known by the names of the mapping and of its fields', async () => {
    const rule = { kind: 'valueList', source: 'x', list: 'gone' };
    const definition = {
      ...{ key: 'till-order-out', connector: 'mpluskassa', direction: 'outbound', record: 'order', entity: 'order' },
      rules: [
        { kind: 'copy', source: 'x', target: 'reference' },
        { kind: 'list', source: 'lines', target: 'lineList', rules: [{ ...rule, target: 'data.vatCode' }] },
      ],
    };
    const problems = [
      { at: 'rules.1.rules.0', message: 'there is no value list "gone"' },
      { at: 'rules.0', message: "found no matching overload for 'shout(string)'." },
    ];
    const { message, hint } = invalidMapping(definition.key, problems);
    await world.database.query(
      `insert into job (id, kind, status, input, created_by, error_message) values ('job_1', 'IMPACT_ANALYSIS', 'FAILED', $1, 'test', $2)`,
      [JSON.stringify({ definition }), `${message} ${hint}`],
    );
    const why = async (language: string) => (await asked(language, '{ job(id: "job_1") { error } }')).job.error as string; // prettier-ignore
    expect(await why('en')).toBe(
      `The mapping Orders to The MplusKASSA cannot be used: VAT code of lines: there is no value list "gone"; Reference: found no matching overload for 'shout(string)'. Correct the rules that are named; the draft is kept.`,
    );
    const dutch = await why('nl');
    expect(dutch).toContain(
      'Veldkoppeling Bestellingen naar The MplusKASSA kan niet gebruikt worden: Btw-code van regels: ',
    );
    expect(dutch + (await why('fr'))).not.toMatch(/rules\.|till-order-out|\.;/);
  });

  it('call the states that a system says what people call them', async () => {
    await world.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin, shown, words, last_seen_at) values
       ('mpluskassa', 'order', '7', 'ord_1', 'INGESTED', '{"status": "OPEN", "paymentStatus": "PAID"}',
        '{"status": "ORDER-CANCEL-STATE-NOTHING, ORDER-COMPLETE-STATE-NOTHING", "paymentStatus": "so so"}', now())`,
    );
    const states = (await asked('fr', '{ node(id: "ord_1") { ... on Order { sourceStatuses { value label } } } }')).node.sourceStatuses; // prettier-ignore
    expect(states).toEqual([
      { value: 'ORDER-CANCEL-STATE-NOTHING, ORDER-COMPLETE-STATE-NOTHING', label: 'Pas annulée, Pas traitée' },
      { value: 'so so', label: null },
    ]);
  });

  it('show what a problem is about by its parts, in the words of the side that it was read from', async () => {
    // The shop has lines too, but what was to be written is a record of the hub.
    await world.database.query(
      `insert into parked (id, stage, system, entity, canonical_id, record_key, trace_id, code, message, hint, source_path, value, classification, fingerprint, payload)
       values ('prk_4', 'project', 'softmaat', 'order', 'ord_4', 'order:ord_4', 'trc', 'RECORD_REFUSED', 'No.', 'h', 'lines', '[{"sku": "A"}]', 'data', 'lines', '{}')`,
    );
    await world.database.query(`update parked set source_path = 'lineList', stage = 'ingest' where id = 'prk_2'`);
    const parts = async (id: string) => (await asked('nl', `{ deadLetter(id: "${id}") { valueParts { path label } } }`)).deadLetter.valueParts as object[]; // prettier-ignore
    expect(await parts('prk_4')).toContainEqual({ path: 'sku', label: 'SKU zoals besteld' });
    expect(await parts('prk_2')).toContainEqual({ path: 'data.vatCode', label: 'Btw-code' });
    expect(await parts('prk_3')).toEqual([]);
  });

  it('name fields and value lists in words, and keep paths and params', async () => {
    const { deadLetter } = await asked('en', problem);
    expect(deadLetter).toEqual({
      sourcePath: 'lines.2.taxRate',
      sourceField: 'VAT rate in percentage points of line 3',
      error: {
        message:
          'The record could not be mapped: VAT code of line 3: the value list "Tax code of Softmaat → VAT rate" has no entry for "9" with "BE".',
        path: 'lineList.2.data.vatCode',
        field: 'VAT code of line 3',
        params: { what: lacks(2, '9', 'BE').slice('The record could not be mapped: '.length, -1) },
      },
    });
  });

  it('say the same in Dutch and French', async () => {
    const dutch = (await asked('nl', problem)).deadLetter;
    expect(dutch.error.message).toBe(
      'Het record kon niet omgezet worden: Btw-code van regel 3: waardenlijst "Btw-code van Softmaat → btw-tarief" heeft geen regel voor "9" met "BE".',
    );
    expect(dutch.error.field).toBe('Btw-code van regel 3');
    expect(dutch.error.params.what).toContain('lineList.2.data.vatCode');
    const french = (await asked('fr', problem)).deadLetter;
    expect(french.error.message).toContain('Code de TVA, ligne 3\u00a0: la table de correspondance');
    expect(french.error.message).not.toContain('lineList');
  });

  it('are true of every record of a group', async () => {
    const { deadLetterGroups } = await asked('en', '{ deadLetterGroups { nodes { fingerprint title } } }');
    const titles = new Map(deadLetterGroups.nodes.map((one: { fingerprint: string; title: string }) => [one.fingerprint, one.title])); // prettier-ignore
    expect(titles.get('vat')).toBe(
      'The record could not be mapped: VAT code of lines: the value list "Tax code of Softmaat → VAT rate" has no entries for 17 · LU, EXPORT · NL.',
    );
    expect(titles.get('alone')).toContain('VAT code of line 3');
    const dutch = (await asked('nl', '{ deadLetterGroups { nodes { title } } }')).deadLetterGroups.nodes;
    expect(dutch.map(({ title }: { title: string }) => title)).toContain(
      'Het record kon niet omgezet worden: Btw-code van regels: waardenlijst "Btw-code van Softmaat → btw-tarief" heeft geen regels voor 17 · LU, EXPORT · NL.',
    );
  });

  it('are said so of the log and of the state of a record too, with the name of the system', async () => {
    const { order, syncEvents } = await asked(
      'nl',
      '{ order: node(id: "ord_1") { ... on Order { syncStatuses { system { key } reason { message } } } } syncEvents { nodes { summary error { message field } } } }',
    );
    const there = order.syncStatuses.find((one: { system: { key: string } }) => one.system.key === 'mpluskassa');
    expect(there.reason.message).toContain('Btw-code van regel 1: waardenlijst "Btw-code van Softmaat');
    expect(syncEvents.nodes[0].summary).toContain('(The MplusKASSA): Het record kon niet omgezet worden: Btw-code van regel 1:'); // prettier-ignore
    expect(syncEvents.nodes[0].error.message).toContain('Btw-code van regel 1');
  });
});
