/** The operations of whole pages: how many statements they take, and that what is read along is what would be read alone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { ownershipOf } from '../../src/cdc/sources.js';
import { buildGraph } from '../../src/resolvers/graph.js';
import { appendJournal } from '../../src/store/journal.js';
import * as mappingTests from '../../src/store/mapping-tests.js';
import { makeFieldOrigins } from '../../src/sync/field-origins.js';
import { makeFieldOwnership } from '../../src/sync/field-ownership.js';
import { makeMappingWork } from '../../src/sync/mapping-work.js';
import { connectors } from '../../src/systems/connectors.js';
import { compileMapping } from '../../src/mapping/compile.js';
import { fillSales } from '../support/graph-sales.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
/** What connectors ship, without a hub that has read its configuration. */
const catalogues = new Map(connectors.map(({ kind, catalogue }) => [kind, catalogue]));
const valueLists = connectors.flatMap(({ defaultValueLists }) => defaultValueLists);
let worked = 0;
const mappingWork = makeMappingWork({
  connectors,
  compile: compileMapping,
  configuration: { current: () => ({ catalogues, valueLists }) },
  database: {
    query: (...asked: Parameters<GraphWorld['database']['query']>) => (worked++, world.database.query(...asked)),
  },
  tests: mappingTests,
} as unknown as Parameters<typeof makeMappingWork>[0]);
const noFlows = { current: () => ({ systems: new Map(), flows: [], fieldOwners: [], catalogues, valueLists }) };
const origins = makeFieldOrigins({ configuration: noFlows, compile: compileMapping, ownershipOf } as unknown as Parameters<typeof makeFieldOrigins>[0]); // prettier-ignore
const fieldOwnership = makeFieldOwnership({ configuration: noFlows, ownershipOf } as unknown as Parameters<typeof makeFieldOwnership>[0]); // prettier-ignore
beforeAll(async () => {
  world = await openGraphWorld({ pointsPerKey: 10_000_000, commands: { mappings: mappingWork, origins, fieldOwnership } });
  await fillCatalogue(world.database, 40);
  await fillSales(world.database, 40);
  await world.database.query(`update variant set purchase_price = 7, unit_code = 'KGM', weight_grams = 5, barcodes = '{1,2}' where position = 1`);
  await world.database.query(`update product set description = 'Long', short_description = 'Short', brand = 'B', deleted_at = now() where id <= 'prd_00003'`);
  // What follows from several columns must not follow from one of them alone.
  await world.database.query(`update customer set payment_days = 30, email = 'bad@@x', note = 'n', phone = 'p', mobile = 'm', website = 'w', price_list = 'l'`);
  await world.database.query(`update sales_order set paid_amount = null, total_incl = null, total_tax = null where id in ('ord_00040', 'ord_00038')`);
  await world.database.query(`update sales_order set total_excl = null, taxes = '[]', delivery_date = '2026-03-09', due_date = '2026-03-10',
    shipping_address = billing_address, deliveries = '[{"key": "1", "quantity": "1"}]', location_id = 'loc_1'`);
  await world.database.query(`insert into parked (id, system, record_key, stage, entity, canonical_id, code, message, hint, classification, payload, fingerprint, trace_id, flow)
    select 'prk_' || i, 'softmaat', 'product:prd_' || lpad(i::text, 5, '0'), 'project', 'product', 'prd_' || lpad(i::text, 5, '0'), 'RECORD_REFUSED', 'Too long.', 'Shorten it.', 'data', '{}', 'fp' || i, 'trc_' || i, 'products'
    from generate_series(1, 30) i`);
  const entry = { step: 'written', outcome: 'create', system: 'softmaat', entity: 'product', flow: 'products' } as const;
  await world.database.tx((tx) =>
    appendJournal(
      tx,
      Array.from({ length: 30 }, (_, i) => ({ ...entry, traceId: `trc_${i}`, canonicalId: `prd_${String(i + 1).padStart(5, '0')}` })),
    ),
  );
}, 60_000); // prettier-ignore
afterAll(() => world.close());

/** Each asks for a page of `$first` records as a page of an interface does. */
const operations: Readonly<Record<string, { readonly query: string; readonly most: number }>> = {
  'the page of a product with its variants': {
    query: `query ($first: Int!) { product(by: { sku: "10071" }) { id name type status externalReferences { externalId system { id key } }
      variants(first: $first) { nodes { id sku gtin price { price { gross { amount currency } net { amount } statedSide } } stock { onHand reserved available incoming }
        stockLevels(first: $first) { nodes { id onHand asOf location { id name } } } } } syncStatuses { state since system { id name } } } }`,
    most: 7,
  },
  'a catalogue': {
    query: `query ($first: Int!) { products(first: $first) { nodes { id name brand variants(first: 10) { nodes { sku price { price { gross { amount } } } stock { available } } } } pageInfo { endCursor } } }`,
    most: 1,
  },
  'a catalogue by edges and fragments': {
    query: `query ($first: Int!) { products(first: $first) { edges { cursor node { ...P } } } }
      fragment P on Product { id ... on Product { variants { edges { node { ...V } } } } } fragment V on ProductVariant { sku stock { onHand } }`,
    most: 1,
  },
  'a list of orders': {
    query: `query ($first: Int!) { orders(first: $first, sort: { field: PLACED_AT, direction: DESC }) {
      nodes { id type number status paymentStatus fulfillmentStatus placedAt total { gross { amount currency } } customerSnapshot { displayName } customer { displayName }
        lines(first: 10) { nodes { sku total { net { amount } } } } syncStatuses { state system { id name } } } pageInfo { hasNextPage endCursor } totalCount { value precision } } }`,
    most: 6,
  },
  'the log of events': {
    query: `query ($first: Int!) { syncEvents(first: $first) { nodes { id occurredAt entityType entityLabel action outcome summary durationMs source { id name } target { id name } flow { id name } }
      pageInfo { endCursor hasNextPage } totalCount { value precision } } }`,
    most: 5,
  },
  'events with their journeys': {
    query: `query ($first: Int!) { syncEvents(first: $first) { nodes { id summary outcome correlationId traceId changedFields
      journey { stage status system { id name } startedAt durationMs message error { classification message } }
      deadLetter { id status } entity { id syncStatuses { state system { id name } } } } } }`,
    most: 8,
  },
  'the causes of problems': {
    query: `query ($first: Int!) { deadLetterGroups(first: $first) { nodes { fingerprint title classification count firstSeenAt lastSeenAt flow { id name } example { id hint entity { id } } }
      pageInfo { hasNextPage endCursor } totalCount { value precision } } }`,
    most: 5,
  },
}; // prettier-ignore

/** A page leaves room for another one in the same second. */
const mostPoints = 5_000;

const recordsIn = (data: object): number => JSON.stringify(data).split('{').length;

describe('a page of the API', () => {
  it.each(Object.entries(operations))('%s takes as many statements for many records as for few', async (_, one) => {
    const counts: number[] = [];
    const sizes: number[] = [];
    const costs: number[] = [];
    for (const first of [1, 2, 25]) {
      world.statements();
      const { body } = await world.ask(one.query, { first });
      expect(body.errors).toBeUndefined();
      counts.push(world.statements().length);
      sizes.push(recordsIn(body.data as object));
      costs.push(body.extensions.cost.requested as number);
    }
    expect(Math.max(...costs)).toBeLessThan(mostPoints);
    expect(sizes[2]).toBeGreaterThan(sizes[0]!);
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeLessThanOrEqual(one.most);
  });

  it('of the overview takes as many statements for many flows as for few', async () => {
    const query = `query ($window: Duration!) { overview(window: $window) { systems { id name status statusReason }
      flows { id name entityType state source { id name } target { id name } openDeadLetterCount syncState { lagSeconds lastSuccessAt nextRunAt pending { value precision } } }
      openDeadLetters counts { created updated failed } previousCounts { created updated failed } activity { from to counts { created updated unchanged failed } } } }`;
    const counts: number[] = [];
    for (const flows of [1, 2, 25]) {
      await world.database.query(
        `insert into flow (id, key, name, entity, source, target) select 'flw_' || i, 'flow-' || i, 'Flow ' || i, 'product', 'mpluskassa', 'softmaat'
         from generate_series(2, $1::integer) i on conflict do nothing`,
        [flows],
      );
      world.statements();
      const { body } = await world.ask(query, { window: 'P1D' });
      expect(body.errors).toBeUndefined();
      expect(body.data.overview.flows).toHaveLength(flows + 1);
      expect(body.extensions.cost.requested).toBeLessThan(mostPoints);
      counts.push(world.statements().length);
    }
    await world.database.query(`delete from flow where key like 'flow-%'`);
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeLessThanOrEqual(9);
  });

  it('of trying problems again takes as many statements for many problems as for few', async () => {
    const query = `query ($selection: DeadLetterSelection!) { replayPlan(selection: $selection) { count { value precision } alreadyDelivered warnings byFlow { count flow { id name } } } }`;
    const counts: number[] = [];
    for (const problems of [1, 2, 25]) {
      const ids = Array.from({ length: problems }, (_, i) => `prk_${i + 1}`);
      world.statements();
      const { body } = await world.ask(query, { selection: { ids } });
      expect(body.errors).toBeUndefined();
      expect(body.data.replayPlan.count.value).toBe(problems);
      expect(body.extensions.cost.requested).toBeLessThan(mostPoints);
      counts.push(world.statements().length);
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeLessThanOrEqual(4);
  });

  it('of the editor of a mapping takes as many statements for many tests and mappings as for few', async () => {
    const isEdited = ({ key }: { readonly key: string }) => key === 'softmaat-variant-out';
    const all = connectors.flatMap(({ defaultMappings }) => defaultMappings);
    const shipped = [...all.filter(isEdited), ...all.filter((each) => !isEdited(each))];
    const definition = shipped[0]!;
    const query = `query ($id: ID!) { mapping(id: $id) { id key draftRevision hasUnpublishedChanges publishedVersion direction entity connectorKey
      draft { number rules { at target kind source expression constant default defaultWhen onCreate onUpdate whenEmpty isEnabled valueMapKey conditions { when then } rules { at target kind source } } }
      problems { at code message range { from to } } coverage { mappedTargets totalTargets unusedSources { path label } } sourceFields { path label } targetFields { path label }
      changesSince { kind target } tests { id name isPassed } } }`;
    const counts: number[] = [];
    for (const many of [1, 2, 25]) {
      for (let i = 1; i <= many; i++) {
        const one = shipped[i - 1];
        if (one !== undefined) {
          const { key, connector, direction, record, entity } = one;
          await world.database.query(
            `insert into mapping (id, key, connector, direction, record, entity, published_version) values ($1, $2, $3, $4, $5, $6, 1) on conflict do nothing`,
            [`map_${i}`, key, connector, direction, record, entity],
          );
          await world.database.query(`insert into mapping_version (mapping, version, definition) values ($1, 1, $2) on conflict do nothing`, [key, JSON.stringify(one)]); // prettier-ignore
        }
        await mappingTests.saveTest(world.database, { id: `mpt_${i}`, mapping: definition.key, name: `Test ${i}`, operation: 'create', input: { sku: String(i) }, expected: {} }); // prettier-ignore
      }
      world.statements();
      worked = 0;
      const { body } = await world.ask(query, { id: 'map_1' });
      expect(body.errors).toBeUndefined();
      const { draft, tests, coverage, problems } = body.data.mapping;
      expect(draft.rules).toHaveLength(definition.rules.length);
      expect(tests).toHaveLength(many);
      expect(coverage.mappedTargets).toBeGreaterThan(0);
      expect(problems).toEqual([]);
      expect(body.extensions.cost.requested).toBeLessThan(mostPoints);
      counts.push(world.statements().length + worked);
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeLessThanOrEqual(3);
  });

  it('shows the same variants and stock, whether they are read along or by themselves', async () => {
    const inner = `nodes { id sku name stock { onHand available locationCount oldestAsOf } product { id name } createdAt } pageInfo { hasNextPage endCursor }`;
    const ask = async (variants: string) =>
      (await world.ask(`{ products(first: 20) { nodes { id deletedAt ${variants} } } }`)).body.data.products.nodes as Record<string, unknown>[];
    for (const size of ['', '(first: 1)', '(first: 2)']) {
      // Asked for in two ways, nothing is read along.
      const alone = await ask(`variants${size} { ${inner} } other: variants(last: 1) { nodes { id } }`);
      const along = await ask(`variants${size} { ${inner} }`);
      expect(along).toEqual(alone.map(({ other: _, ...same }) => same));
    }
  }); // prettier-ignore

  it('shows personal data of customers that are read along only to keys that may see it', async () => {
    const query = `{ orders(first: 3) { nodes { customer { displayName email } } } }`;
    const { body: open } = await world.ask(query);
    const { body: closed } = await world.ask(query, {}, await world.keyWith(['READ_ORDERS']));
    expect(open.data.orders.nodes[0].customer.email).toMatch(/@/);
    for (const { customer } of closed.data.orders.nodes) expect(customer.email).toBe('•••');
  });

  it.each(['0', '101', '-1'])('refuses %s variants as it refuses them elsewhere', async (first) => {
    const { body } = await world.ask(`{ products(first: 1) { nodes { variants(first: ${first}) { nodes { id } } } } }`);
    expect(body.errors[0].extensions.reason).toBe('BAD_PAGE');
  });
});

/** All of a type that can be asked without arguments, `depth` objects deep. */
function everythingOf(type: GraphQLObjectType, depth: number): string {
  return Object.values(type.getFields())
    .map((field) => asked(field, depth))
    .join(' ');
}

function asked(field: GraphQLField<unknown, unknown>, depth: number): string {
  const type = getNamedType(field.type);
  if (field.args.some((argument) => isNonNullType(argument.type))) return '';
  if (isLeafType(type)) return field.name;
  // The fields of records within records would be more than an operation may ask for.
  if (['fields', 'provenance', 'mergedInto', 'merges', 'possibleDuplicates'].includes(field.name) && depth < 3)
    return '';
  if (depth === 0 || !isObjectType(type)) return '';
  const isPage = type.name.endsWith('Connection');
  const node = isPage ? (getNamedType(type.getFields()['nodes']!.type) as GraphQLObjectType) : type;
  const below = everythingOf(node, depth - 1);
  if (below.trim() === '') return '';
  return isPage ? `${field.name}(first: 2) { nodes { ${below} } }` : `${field.name} { ${below} }`;
}

const schema = buildGraph();
const types = { products: 'Product', productVariants: 'ProductVariant', customers: 'Customer', orders: 'Order' };

describe.each(Object.entries(types))('a field of %s', (list, name) => {
  const type = schema.getType(name) as GraphQLObjectType;
  const fields = Object.values(type.getFields()).filter((field) => asked(field, 3) !== '');
  const ask = async (selection: string) => {
    const { body } = await world.ask(`{ ${list}(first: 4) { nodes { ${selection} } } }`);
    expect(body.errors).toBeUndefined();
    return body.data[list].nodes as Record<string, unknown>[];
  };

  it.each(fields.map((field) => [field.name, field] as const))('shows %s alone as it does beside all others', async (at, field) => {
    // Records within a record as deep as the limit of fields allows.
    const deep = asked(field, field.name === 'history' ? 1 : ['orders', 'product'].includes(field.name) ? 2 : 3);
    const alone = await ask(deep);
    const beside = await ask(`${everythingOf(type, 1)} ${deep}`);
    expect(alone.map((node) => node[at])).toEqual(beside.map((node) => projected(node[at], alone[0]![at])));
  }); // prettier-ignore
});

/** Of what was asked for beside others, only what was asked for alone. */
function projected(value: unknown, like: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => projected(one, Array.isArray(like) ? like[0] : undefined));
  if (typeof value !== 'object' || value === null || typeof like !== 'object' || like === null) return value;
  return Object.fromEntries(
    Object.keys(like).map((key) => [key, projected((value as Record<string, unknown>)[key], (like as Record<string, unknown>)[key])]),
  );
} // prettier-ignore
