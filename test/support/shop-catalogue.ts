/**
 * Fills the shop (Softmaat) through its own API with a catalogue as a shop has one: a tree of categories, simple products,
 * configurable ones with variants, SKUs of digits and others, stock in every warehouse. Also the edits of its people.
 */
import { makeRandom, type Random } from '../../sandbox/engine/random.js';
import type { SandboxHandle } from './processes.js';

export interface ShopRow {
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface ShopClient {
  get(path: string): Promise<ShopRow>;
  create(path: string, body: object): Promise<ShopRow>;
  change(path: string, body: object): Promise<ShopRow>;
  stock(rows: readonly { sku: string; warehouseCode: string; onHand: string }[]): Promise<void>;
}

export function shopClient(shop: Pick<SandboxHandle, 'url'>): ShopClient {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${shop.url}/api/v1${path}`, {
      method,
      headers: { authorization: 'Bearer sandbox-token', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return JSON.parse(answer) as unknown;
  };
  return {
    get: async (path) => (await call('GET', path)) as ShopRow,
    create: async (path, body) => (await call('POST', path, body)) as ShopRow,
    change: async (path, body) => (await call('PATCH', path, body)) as ShopRow,
    async stock(rows) {
      for (let at = 0; at < rows.length; at += 100) await call('PUT', '/stock', { data: rows.slice(at, at + 100) });
    },
  };
}

const warehouses = ['MAIN', 'SHOP-NL', 'SHOP-FR'];
const colours = ['Rood', 'Blauw', 'Écru', 'Zwart & wit'];
const sizes = ['S', 'M', 'L'];
const taxCodes = ['NL21', 'NL9', 'NL0', 'BE6'];

/** How many products get a SKU that is not a number: one in ten; among them one with leading zeros. */
export function skuFor(index: number): string {
  if (index === 7) return '0017';
  return index % 10 === 3 ? `ART-${index}/b` : String(20_000 + index);
}

export async function fillCatalogue(client: ShopClient, products: number, seed = 1): Promise<void> {
  const random = makeRandom(seed).fork('shop catalogue');
  const categories = await fillCategories(client);
  const stocked: string[] = [];
  for (let index = 0; index < products; index++) {
    stocked.push(...(await addProduct(client, random, index, categories)));
  }
  await client.stock(
    stocked.flatMap((sku) =>
      warehouses.map((warehouseCode) => ({ sku, warehouseCode, onHand: String(random.integer(0, 50)) })),
    ),
  );
}

async function fillCategories(client: ShopClient): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let top = 1; top <= 3; top++) {
    const first = await client.create('/categories', { name: `Afdeling ${top} & co`, position: top });
    for (let below = 1; below <= 3; below++) {
      const second = await client.create('/categories', {
        name: `Groep ${below}`,
        parentId: first.id,
        position: below,
      });
      const third = await client.create('/categories', { name: `Plank "${top}.${below}"`, parentId: second.id });
      ids.push(second.id, third.id);
    }
  }
  return ids;
}

/** Returns the SKUs of it that keep stock. */
async function addProduct(
  client: ShopClient,
  random: Random,
  index: number,
  categories: readonly string[],
): Promise<readonly string[]> {
  const sku = skuFor(index);
  const common = {
    name: `Product ${index} <é> ${random.pick(colours)}`,
    description: `Over product ${index}`,
    brand: random.chance(0.5) ? 'Merk & Zonen' : null,
    active: !random.chance(0.05),
    visibleInShop: !random.chance(0.2),
    manageStock: !random.chance(0.1),
    categoryIds: random.sample(categories, random.integer(0, 2)),
    characteristics: random.chance(0.5) ? [{ code: 'herkomst', value: 'België' }] : [],
  };
  const sold = {
    price: { amount: (random.integer(100, 9_999) / 100).toFixed(2), currency: 'EUR', taxIncluded: !random.chance(0.3) },
    taxCode: random.pick(taxCodes),
  };
  if (!random.chance(0.25)) {
    await client.create('/products', { ...common, ...sold, type: 'simple', sku });
    return common.manageStock ? [sku] : [];
  }
  const variants = Array.from({ length: random.integer(2, 4) }, (_, at) => ({
    ...common,
    ...sold,
    type: 'variant',
    sku: skuFor(index) === String(20_000 + index) ? `${30_000 + index * 10 + at}` : `${sku}-${at}`,
    parentSku: `CONF-${index}`,
    name: `${common.name} ${at}`,
    options: [
      { code: 'kleur', value: colours[at % colours.length] },
      { code: 'maat', value: sizes[at % sizes.length] },
    ],
  }));
  await client.create('/products', { ...common, type: 'configurable', sku: `CONF-${index}` });
  for (const variant of variants) await client.create('/products', variant);
  return common.manageStock ? variants.map((variant) => variant.sku) : [];
}
