/**
 * The bounds of the Kafka benchmark. `upserts` is the least that puts the same changes into rows: kafkajs reads the topic, a few lines turn each
 * document into a row of a product and rows of its variants, and two statements per batch upsert them into tables like the hub's. No
 * references, no events, no journal, no ownership, no mapping that anybody could edit, no position that is safe. `all rows` writes those
 * too, in the same transaction: as many rows as the hub, and still nothing is read, compared or decided.
 */
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import type { Document } from '../src/base/document.js';
import { writeOtherRows, type BareChange } from './kafka-bare-rows.js';
import { onOrders, sayReached } from './kafka-processes.js';

export interface BareParts {
  readonly url: string;
  readonly brokers: string;
  readonly topic: string;
  readonly group: string;
  readonly writes: 'upserts' | 'all rows';
}

const parts = JSON.parse(process.argv[2] ?? '') as BareParts;
const lanes = 3;
const rowsAtOnce = 500;
const pool = new pg.Pool({ connectionString: parts.url, max: lanes, application_name: 'bench bare' });
const kafka = new Kafka({ brokers: parts.brokers.split(','), logLevel: logLevel.ERROR });
const consumer = kafka.consumer({
  groupId: parts.group,
  maxWaitTimeInMs: 50,
  sessionTimeout: 120_000,
  heartbeatInterval: 200,
});
let stopped = (): void => undefined;
const stopping = new Promise<void>((resolve) => (stopped = resolve));
const reached: Record<number, number> = {};
let handled = 0;
let isBegun = false;

const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
await consumer.connect();
await consumer.subscribe({ topic: parts.topic });
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: lanes,
  eachBatch: async ({ batch, heartbeat }) => {
    // Whoever joins meanwhile waits for all others to join again, which a heartbeat tells them.
    while (!isBegun) {
      await heartbeat();
      await new Promise((next) => setTimeout(next, 50));
    }
    for (let from = 0; from < batch.messages.length; from += rowsAtOnce) {
      const slice = batch.messages.slice(from, from + rowsAtOnce);
      const nextOffset = Number(slice.at(-1)?.offset) + 1;
      const messages = slice.map(({ value }) => JSON.parse(String(value)) as Message);
      await upsert(messages, { partition: batch.partition, nextOffset: String(nextOffset) });
      handled += slice.length;
      reached[batch.partition] = nextOffset;
      sayReached(reached);
      await heartbeat();
    }
  },
});
await joined;

onOrders({
  async go() {
    isBegun = true;
    await stopping;
    return { counts: { handled } };
  },
  stop: () => stopped(),
});

interface Message {
  readonly after: Document;
  readonly source: Document;
}

async function upsert(messages: readonly Message[], place: { partition: number; nextOffset: string }): Promise<void> {
  const products = new Map<string, object>();
  const variants = new Map<string, object>();
  const changes: BareChange[] = [];
  for (const { after, source } of messages) {
    const articles = after['articles'] as readonly Document[];
    const id = `prd_${String(after['number'])}`;
    const of = { hash: String(source['hash']), version: Number(source['revision']) };
    changes.push({ ...of, entity: 'product', externalId: String(after['number']), id, changed: { name: after['title'] ?? null } }); // prettier-ignore
    products.set(id, {
      id,
      content_hash: source['hash'],
      code: after['number'],
      type: articles.length > 1 ? 'CONFIGURABLE' : 'SIMPLE',
      status: after['isActive'] === true ? 'ACTIVE' : 'DISCONTINUED',
      name: after['title'],
      short_description: after['shortText'],
      description: after['longText'],
      brand: after['brand'],
      is_visible_in_webshop: after['isOnline'],
      categories: after['groups'],
      attributes: (after['extra'] as readonly Document[]).map(({ code, text }) => ({ code, value: text })),
    });
    for (const [position, article] of articles.entries()) {
      const key = `var_${String(article['key'])}`;
      const changed = { priceAmount: article['price'] ?? null };
      changes.push({ ...of, entity: 'variant', externalId: String(article['code']), id: key, changed });
      variants.set(key, {
        id: key,
        content_hash: source['hash'],
        product_id: id,
        position,
        sku: article['code'],
        name: article['title'],
        gtin: (article['codes'] as readonly string[])[0],
        barcodes: article['codes'],
        is_active: article['active'],
        options: [
          { code: 'size', value: article['size'] },
          { code: 'colour', value: article['colour'] },
        ],
        price_amount: article['price'],
        price_currency: 'EUR',
        price_includes_tax: true,
        tax_class: article['vatCode'] === 'H' ? 'HIGH' : 'LOW',
        tax_rate: article['vat'],
        purchase_price: article['cost'],
        unit_code: article['unit'],
        weight_grams: article['weight'],
        tracks_stock: article['stocked'],
      });
    }
  }
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({ name: 'products', text: productSql, values: [JSON.stringify([...products.values()])] });
    await client.query({ name: 'variants', text: variantSql, values: [JSON.stringify([...variants.values()])] });
    if (parts.writes === 'all rows') await writeOtherRows(client, { changes, ...place });
    await client.query('commit');
  } finally {
    client.release();
  }
}

const productSql = `insert into bare_product as p (id, version, content_hash, code, type, status, name, short_description, description, brand,
    is_visible_in_webshop, categories, attributes)
  select r.id, 1, r.content_hash, r.code, r.type, r.status, r.name, r.short_description, r.description, r.brand, r.is_visible_in_webshop,
    array(select json_array_elements_text(r.categories)), r.attributes
  from json_to_recordset($1::json) as r(id text, content_hash text, code text, type text, status text, name text, short_description text,
    description text, brand text, is_visible_in_webshop boolean, categories json, attributes jsonb)
  order by r.id
  on conflict (id) do update set version = p.version + 1, content_hash = excluded.content_hash, code = excluded.code, type = excluded.type,
    status = excluded.status, name = excluded.name, short_description = excluded.short_description, description = excluded.description,
    brand = excluded.brand, is_visible_in_webshop = excluded.is_visible_in_webshop, categories = excluded.categories,
    attributes = excluded.attributes, updated_at = now()`;
const variantSql = `insert into bare_variant as v (id, version, content_hash, product_id, position, sku, name, gtin, barcodes, is_active, options,
    price_amount, price_currency, price_includes_tax, tax_class, tax_rate, purchase_price, unit_code, weight_grams, tracks_stock)
  select r.id, 1, r.content_hash, r.product_id, r.position, r.sku, r.name, r.gtin, array(select json_array_elements_text(r.barcodes)), r.is_active,
    r.options, r.price_amount, r.price_currency, r.price_includes_tax, r.tax_class, r.tax_rate, r.purchase_price, r.unit_code, r.weight_grams,
    r.tracks_stock
  from json_to_recordset($1::json) as r(id text, content_hash text, product_id text, position integer, sku text, name text, gtin text,
    barcodes json, is_active boolean, options jsonb, price_amount numeric, price_currency text, price_includes_tax boolean, tax_class text,
    tax_rate numeric, purchase_price numeric, unit_code text, weight_grams integer, tracks_stock boolean)
  order by r.id
  on conflict (id) do update set version = v.version + 1, content_hash = excluded.content_hash, product_id = excluded.product_id,
    position = excluded.position, sku = excluded.sku, name = excluded.name, gtin = excluded.gtin, barcodes = excluded.barcodes,
    is_active = excluded.is_active, options = excluded.options, price_amount = excluded.price_amount, price_currency = excluded.price_currency,
    price_includes_tax = excluded.price_includes_tax, tax_class = excluded.tax_class, tax_rate = excluded.tax_rate,
    purchase_price = excluded.purchase_price, unit_code = excluded.unit_code, weight_grams = excluded.weight_grams,
    tracks_stock = excluded.tracks_stock, updated_at = now()`;
