/** A target in memory whose answers a test scripts: it keeps records, makes of values what shops make of them, and can lose answers. */
import type { Document, Field, Json } from '../../src/base/document.js';
import { KoppelError } from '../../src/base/errors.js';
import type { ProjectedEntity } from '../../src/canonical/entities.js';
import type { MappingDefinition } from '../../src/mapping/mapping.js';
import type {
  Connector,
  HeldPart,
  HeldRecord,
  System,
  Target,
  WriteOutcome,
  WriteRequest,
} from '../../src/systems/system.js';
import { isFound, keyOf, salesCatalogue, salesMappings, salesTargets, shopTotals } from './sales-shop.js';

/**
 * What happens to a write. `lost`: applied, the answer is lost. `dropped`: not applied, the answer is lost too. `late`:
 * applied when the test says so, after the answer was lost. `partly`: all but the last changed field is applied, that one refused.
 * `refusedNow`: refused as long as other records are as they are.
 */
export type Answer =
  | 'written'
  | 'lost'
  | 'dropped'
  | 'late'
  | 'refused'
  | 'refusedNow'
  | 'partly'
  | 'unreachable'
  | 'unauthorised'
  | 'bug'
  | 'gone';

export interface ScriptedTarget {
  /** What happens to the nth write (from 1). */
  answer: (request: WriteRequest, entity: ProjectedEntity, n: number) => Answer;
  /** The field that a refusal names, and what it says. */
  refusedField: string | undefined;
  quotes: (document: Document) => string;
  /** `create sku-1 name,price` for each write that was applied, in order. */
  readonly ledger: string[];
  /** Calls of any kind. */
  calls: number;
  /** Runs while a write is under way. */
  during: (() => Promise<void>) | undefined;
  /** Records inside a written one. */
  parts: ((entity: ProjectedEntity, document: Document) => readonly HeldPart[]) | undefined;
  record(entity: ProjectedEntity, key: string): HeldRecord | undefined;
  /** As a person there would do it. */
  edit(entity: ProjectedEntity, key: string, fields: Document): void;
  add(entity: ProjectedEntity, document: Document): string;
  remove(entity: ProjectedEntity, key: string): void;
  /** Applies what is late. */
  applyLate(): void;
  readonly target: Target;
}

/** Trims texts and rounds prices, as shops do, and adds what the system itself keeps. */
function normalised(document: Document, version: number): Document {
  const out: Record<string, Json> = { ...document, version };
  if (typeof out['name'] === 'string') out['name'] = out['name'].trim();
  const price = out['price'] as Document | undefined;
  if (typeof price?.['amount'] === 'string')
    out['price'] = { ...price, amount: Number(price['amount']).toFixed(2), taxed: true };
  return out;
}

export function makeScriptedTarget(): ScriptedTarget {
  const records = new Map<string, { entity: ProjectedEntity; document: Document; version: number }>();
  const late: (() => void)[] = [];
  let lastId = 0;
  let writes = 0;

  const idOf = (entity: ProjectedEntity, key: string): string | undefined =>
    [...records].find(([, record]) => record.entity === entity && keyOf(record.document) === key)?.[0];
  const heldOf = (id: string): HeldRecord | undefined => {
    const record = records.get(id);
    return record === undefined
      ? undefined
      : {
          externalId: id,
          key: keyOf(record.document),
          document: record.document,
          parts: scripted.parts?.(record.entity, record.document) ?? [],
        };
  };
  const put = (entity: ProjectedEntity, document: Document): string => {
    const id = `x${++lastId}`;
    records.set(id, { entity, document: normalised(document, 1), version: 1 });
    return id;
  };
  const apply = (entity: ProjectedEntity, request: WriteRequest): string | undefined => {
    if (request.externalId === null) {
      scripted.ledger.push(`create ${entity} ${keyOf(request.document)}`);
      return put(entity, request.document);
    }
    const record = records.get(request.externalId);
    if (record === undefined) return undefined;
    const changed = Object.fromEntries(request.changed.map((field) => [field, request.document[field] ?? null]));
    scripted.ledger.push(`update ${entity} ${keyOf(request.document)} ${request.changed.join(',')}`);
    record.version++;
    record.document = normalised({ ...record.document, ...changed }, record.version);
    return request.externalId;
  };
  const failure = (answer: Answer, document: Document): WriteOutcome => {
    if (answer === 'refused' || answer === 'refusedNow') {
      const path = scripted.refusedField === undefined ? {} : { path: scripted.refusedField };
      const error = new KoppelError('RECORD_REFUSED', { system: 'Shop', what: scripted.quotes(document) }, path);
      return { type: 'refused', error, ...(answer === 'refusedNow' && { mayPass: true }) };
    }
    if (answer === 'unauthorised')
      return { type: 'failed', error: new KoppelError('CREDENTIALS_REJECTED', { system: 'Shop' }) };
    if (answer === 'bug') return { type: 'failed', error: new KoppelError('UNEXPECTED', { what: 'a bug' }) };
    return { type: 'failed', error: new KoppelError('SYSTEM_UNREACHABLE', { system: 'Shop', what: 'refused' }) };
  };
  const writeOne = (entity: ProjectedEntity, request: WriteRequest): WriteOutcome => {
    const answer = scripted.answer(request, entity, ++writes);
    const lost: WriteOutcome = {
      type: 'unknown',
      error: new KoppelError('SYSTEM_TIMEOUT', { system: 'Shop', operation: 'write', ms: 1 }),
    };
    if (answer === 'dropped') return lost;
    if (answer === 'late') {
      late.push(() => void apply(entity, request));
      return lost;
    }
    if (answer === 'gone') return { type: 'gone' };
    if (answer === 'partly' && request.externalId !== null) {
      const held = heldOf(apply(entity, { ...request, changed: request.changed.slice(0, -1) }) ?? '');
      const error = new KoppelError('RECORD_REFUSED', { system: 'Shop', what: 'no' });
      return { type: 'refused', error, ...(held === undefined ? {} : { held }) };
    }
    if (answer !== 'written' && answer !== 'lost') return failure(answer, request.document);
    if (request.externalId === null && idOf(entity, keyOf(request.document)) !== undefined) return { type: 'stale' };
    const id = apply(entity, request);
    const held = id === undefined ? undefined : heldOf(id);
    if (held === undefined) return { type: 'gone' };
    return answer === 'lost' ? lost : { type: 'written', created: request.externalId === null, held };
  };

  const scripted: ScriptedTarget = {
    answer: () => 'written',
    refusedField: undefined,
    quotes: () => 'no',
    ledger: [],
    calls: 0,
    during: undefined,
    parts: undefined,
    record: (entity, key) => heldOf(idOf(entity, key) ?? ''),
    edit(entity, key, fields) {
      const record = records.get(idOf(entity, key) ?? '');
      if (record === undefined) throw new Error(`there is no ${entity} ${key}`);
      record.version++;
      record.document = { ...record.document, ...fields, version: record.version };
    },
    add: put,
    remove: (entity, key) => void records.delete(idOf(entity, key) ?? ''),
    applyLate() {
      for (const each of late.splice(0)) each();
    },
    target: {
      requestLifeMs: 100,
      async write(entity, requests) {
        scripted.calls++;
        const outcomes = requests.map((request) => writeOne(entity, request));
        await scripted.during?.();
        return outcomes;
      },
      find(entity, sought) {
        scripted.calls++;
        const found = [...records].find(
          ([, record]) => record.entity === entity && isFound(entity, sought, record.document),
        );
        const id = sought.externalId ?? found?.[0];
        return Promise.resolve(heldOf(id ?? '') ?? null);
      },
    },
  };
  return scripted;
}

const text = (name: string, rest: Partial<Field> = {}): Field => ({ name, type: 'text', ...rest });
const version: Field = { name: 'version', type: 'integer', onCreate: false, onUpdate: false };
const price: Field = { name: 'price', type: 'object', fields: [{ name: 'amount', type: 'decimal', watched: 'price' }] };

const out = { direction: 'outbound', connector: 'shop' } as const;
const mappings: readonly MappingDefinition[] = [
  {
    ...out, key: 'shop-category-out', record: 'category', entity: 'category',
    rules: [
      { kind: 'copy', source: 'code', target: 'code' },
      { kind: 'copy', source: 'name', target: 'name' },
      { kind: 'copy', source: 'parent', target: 'parentId' },
    ],
  },
  {
    ...out, key: 'shop-product-out', record: 'product', entity: 'product',
    includeWhen: { field: 'type', is: 'eq', value: 'CONFIGURABLE', note: 'Simple products are their variant.' },
    rules: [
      { kind: 'copy', source: 'code', target: 'sku' },
      { kind: 'copy', source: 'name', target: 'name' },
      { kind: 'copy', source: 'brand', target: 'brand', whenEmpty: 'clear' },
      { kind: 'copy', source: 'description', target: 'description', onUpdate: false },
      { kind: 'copy', source: 'categories', target: 'categoryIds', whenEmpty: 'clear' },
    ],
  },
  {
    ...out, key: 'shop-variant-out', record: 'variant', entity: 'variant',
    rules: [
      { kind: 'copy', source: 'sku', target: 'sku' },
      { kind: 'copy', source: 'name', target: 'name', whenEmpty: 'fail' },
      { kind: 'copy', source: 'priceAmount', target: 'price.amount' },
    ],
  },
  {
    ...out, key: 'shop-stock-out', record: 'stock', entity: 'stock',
    rules: [
      { kind: 'copy', source: 'variant', target: 'sku' },
      {
        kind: 'list', source: 'levels', target: 'levels',
        rules: [
          { kind: 'valueList', source: 'locationCode', target: 'warehouseCode', list: 'warehouse' },
          { kind: 'copy', source: 'quantity', target: 'onHand' },
        ],
      },
    ],
  },
]; // prettier-ignore

const base: Omit<Connector, 'kind' | 'name' | 'connect'> = {
  changeDetection: 'SYNC_MARKER',
  catalogue: [],
  defaultMappings: [],
  defaultValueLists: [],
  streams: [],
  targets: [],
  settingsSchema: {},
  pages: [],
  personal: { emptied: {}, customerOf: () => undefined, withoutPerson: (_, document) => document },
  derive: (_, document) => document,
};
const systemOf = (target: Target): System => ({
  source: {} as System['source'],
  target,
  account: () => Promise.resolve({ name: 'x', fingerprint: 'x', currency: null, country: null }),
  test: () => Promise.resolve([]),
  discover: () => Promise.resolve([]),
  close: () => Promise.resolve(),
});

export const tillConnector: Connector = { ...base, kind: 'till', name: 'Till', connect: () => systemOf({} as Target) };

/** `instead`: mappings that take the place of those with the same key. */
export const shopConnector = (scripted: ScriptedTarget, instead: readonly MappingDefinition[] = []): Connector => ({
  ...base,
  kind: 'shop',
  name: 'Shop',
  defaultMappings: [...mappings, ...salesMappings].map((each) => instead.find(({ key }) => key === each.key) ?? each),
  orderTotals: shopTotals,
  defaultValueLists: [
    { key: 'warehouse', name: 'Warehouses', kind: 'CUSTOM', whenUnmapped: 'fail', entries: [] },
    { key: 'pays', name: 'Payments', kind: 'PAYMENT_METHOD', whenUnmapped: 'default', defaultValue: 'other', entries: [] },
  ],
  catalogue: [
    { record: 'category', fields: [text('code'), text('name'), { name: 'parentId', type: 'reference', entity: 'category' }, version] },
    {
      record: 'product',
      fields: [
        text('sku', { required: true }), text('name'), text('brand'), text('description'),
        { name: 'categoryIds', type: 'reference', entity: 'category', list: true }, version,
      ],
    },
    { record: 'variant', fields: [text('sku', { required: true }), text('name', { maxLength: 40 }), price, version] },
    {
      record: 'stock',
      fields: [
        { name: 'sku', type: 'reference', entity: 'variant', use: 'key' },
        {
          name: 'levels', type: 'object', list: true, mergeBy: 'warehouseCode', sum: ['onHand'],
          fields: [text('warehouseCode'), { name: 'onHand', type: 'decimal', watched: 'stock' }],
        },
      ],
    },
    ...salesCatalogue,
  ],
  targets: [
    { entity: 'category', record: 'category', batch: 1, uniqueKey: false },
    { entity: 'product', record: 'product', batch: 1, uniqueKey: true },
    { entity: 'variant', record: 'variant', batch: 3, uniqueKey: true },
    { entity: 'stock', record: 'stock', batch: 10, uniqueKey: true },
    ...salesTargets,
  ],
  connect: () => systemOf(scripted.target),
}); // prettier-ignore
