/** Whether what stands in rows is what was sent last, field by field, and nothing else stands there. */
import pg from 'pg';
import type { Document } from '../src/base/document.js';
import { contentHash } from '../src/base/content-hash.js';
import { makeDocument } from './ingest-documents.js';

export interface Tables {
  readonly product: string;
  readonly variant: string;
  /** Whether each change makes one more version; whoever writes several at once may leave some out. */
  readonly countsVersions: boolean;
}

/** Compares count and hash of all products and variants with those of the documents of the last edition. */
export async function checkRows(
  url: string,
  tables: Tables,
  sent: { readonly products: number; readonly editions: number },
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const version = tables.countsVersions ? ', version' : '';
  const last: Document = tables.countsVersions ? { version: 1 + sent.editions } : {};
  try {
    const { rows: products } = await client.query<Document>(
      `select code, name, short_description, description, brand, is_visible_in_webshop${version} from ${tables.product} order by code collate "C"`,
    );
    const { rows: variants } = await client.query<Document>(
      `select sku, name, gtin, price_amount::float8 as price, purchase_price::float8 as cost${version} from ${tables.variant} order by sku collate "C"`,
    );
    const documents = Array.from({ length: sent.products }, (_, index) => makeDocument(index, sent.editions));
    expectSame(
      tables.product,
      products,
      documents.map((document) => ({
        code: document['number'] ?? null,
        name: document['title'] ?? null,
        short_description: document['shortText'] ?? null,
        description: String(document['longText']).trim(),
        brand: document['brand'] ?? null,
        is_visible_in_webshop: document['isOnline'] ?? null,
        ...last,
      })),
    );
    const articles = documents.flatMap((document) => document['articles'] as readonly Document[]);
    expectSame(
      tables.variant,
      variants,
      articles.map((article) => ({
        sku: article['code'] ?? null,
        name: article['title'] ?? null,
        gtin: (article['codes'] as readonly string[])[0] ?? null,
        price: Number(article['price']),
        cost: Number(article['cost']),
        ...last,
      })),
    );
  } finally {
    await client.end();
  }
}

/** Whether the bare script that writes all rows has made an event and a step for each change, as the hub does. */
export async function checkOtherRows(url: string, sent: { readonly products: number; readonly editions: number }): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const count = async (table: string): Promise<number> =>
      Number((await client.query<{ n: string }>(`select count(distinct canonical) as n from ${table}`)).rows[0]?.n);
    const documents = Array.from({ length: sent.products }, (_, index) => makeDocument(index, sent.editions));
    const records = documents.reduce((sum, document) => sum + 1 + (document['articles'] as readonly Document[]).length, 0);
    // What is read again after a rebalance is written again: each change at least once, told apart by record and version.
    for (const table of [
      `(select (key, payload::json ->> 'version') as canonical from bare_event)`,
      `(select (canonical_id, detail ->> 'version') as canonical from bare_journal)`,
    ]) {
      const found = await count(`${table} rows`);
      if (found !== records * sent.editions) throw new Error(`${table}: ${found} changes instead of ${records * sent.editions}`);
    }
  } finally {
    await client.end();
  }
} // prettier-ignore

function expectSame(table: string, found: readonly Document[], expected: readonly Document[]): void {
  const key = (row: Document): string => String(row['code'] ?? row['sku']);
  const sorted = [...expected].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  if (found.length !== sorted.length) throw new Error(`${table} has ${found.length} rows instead of ${sorted.length}`);
  const trimmed = (row: Document): Document =>
    typeof row['description'] === 'string' ? { ...row, description: row['description'].trim() } : row;
  const other = found.findIndex((row, i) => contentHash(trimmed(row)) !== contentHash(sorted[i] ?? {}));
  if (other >= 0)
    throw new Error(`${table} has ${JSON.stringify(found[other])} instead of ${JSON.stringify(sorted[other])}`);
}
