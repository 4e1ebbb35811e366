/**
 * What an ordinary web shop has that a hub cannot carry over before somebody has decided something: sales to countries whose VAT no list names
 * yet, an article whose code is not a number, and customers of whom the till knows another telephone number. Depends on nothing, so that each start makes the same. The other goods are those of
 * a till with seed 1, which knows them by the same codes.
 */
import { disputedCustomers, markOf } from '../engine/disputed-customers.js';
import { makePerson } from '../engine/shop-data.js';
import { makeRandom } from '../engine/random.js';
import type { Store } from '../engine/store.js';
import { type Row, textOf } from './answers.js';
import { createDebtor } from './debtor-calls.js';
import { checkBody } from './field-check.js';
import { productTable } from './fields.js';
import { placeOrder } from './order-calls.js';
import { makeShop, type Shop } from './shop.js';
import { microsOf } from './stamps.js';

const firstStamp = microsOf('2026-01-05T09:00:00.000000Z') ?? 0n;
const minute = 60_000_000n;

const giftBox = 'GIFTBOX-THEE';
const goods = [
  { sku: '10006', name: 'Tablette de chocolat okergeel', amount: '4.62', taxCode: 'NL9' },
  { sku: '10007', name: 'Puzzle grijs', amount: '90.26', taxCode: 'NL21' },
  { sku: '10024', name: 'Fijne notitieboek', amount: '124.86', taxCode: 'NL9' },
  { sku: giftBox, name: 'Geschenkdoos thee en honing', amount: '34.50', taxCode: 'NL9' },
] as const;

interface Buyer {
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}
const luxembourg: Buyer = { street: 'Rue de Hollerich', postalCode: 'L-1740', city: 'Luxembourg', country: 'LU' };
const esch: Buyer = {
  street: 'Boulevard J. F. Kennedy',
  postalCode: 'L-4170',
  city: 'Esch-sur-Alzette',
  country: 'LU',
};
const basel: Buyer = { street: 'Steinenvorstadt', postalCode: '4051', city: 'Basel', country: 'CH' };
const utrecht: Buyer = { street: 'Oudegracht', postalCode: '3511 AB', city: 'Utrecht', country: 'NL' };

/** Buyer, article, how many, and the VAT of where it goes when that is not the article's own. */
const orders: ReadonlyArray<readonly [Buyer, string, string, string?]> = [
  [luxembourg, '10007', '1', 'LU17'],
  [esch, '10007', '2', 'LU17'],
  [luxembourg, '10007', '1', 'LU17'],
  [basel, '10024', '1', 'NLEXP'],
  [utrecht, giftBox, '2'],
];

export function seedProblems(store: Store): void {
  let stamp = firstStamp;
  const shop = makeShop(store, { next: () => (stamp += minute) });
  for (const { sku, name, amount, taxCode } of goods) {
    shop.begin();
    const price = { amount, currency: 'EUR', taxIncluded: true };
    const { values } = checkBody(
      productTable,
      { sku, type: 'simple', name, price, taxCode, visibleInShop: true },
      true,
    );
    const id = shop.newId('products', sku);
    shop.save('products', id, { id, ...values }, undefined);
  }
  for (const [at, [buyer, sku, quantity, taxCode]] of orders.entries()) {
    shop.begin();
    sell(shop, at, buyer, { sku, quantity, ...(taxCode === undefined ? {} : { taxCode }) });
  }
  for (const customer of disputedCustomers) {
    const { firstName, lastName, email, phone, street, houseNumber, ...place } = customer;
    shop.begin();
    const address = { street, houseNumber, postalCode: place.postalCode, city: place.city, country: place.countryCode };
    const addresses = [{ role: 'billing', ...address }];
    const person = { kind: 'person', firstName, lastName, email, phone: phone.shop, addresses };
    createDebtor(shop, { ...person, externalReference: markOf(customer) }, null);
  }
  // They are of the shop's past, and nobody has heard of them yet.
  shop.takeHints();
}

function sell(shop: Shop, at: number, buyer: Buyer, line: Row): void {
  const { firstName, lastName, email } = makePerson(makeRandom(at), 9_000_000 + at);
  const address = { ...buyer, houseNumber: String(12 + at) };
  const addresses = [{ role: 'billing', ...address }];
  const debtor = createDebtor(shop, { kind: 'person', firstName, lastName, email, addresses }, null);
  const product = shop.productBySku(textOf(line['sku'])) ?? {};
  const { name = null, price = null } = product;
  placeOrder(
    shop,
    {
      debtorId: debtor['id'],
      status: 'confirmed',
      reference: `Web ${20_001 + at}`,
      currency: 'EUR',
      pricesIncludeTax: true,
      paymentMethodCode: 'IDEAL',
      shippingMethodCode: 'POSTNL',
      billingAddress: { ...address, name: `${firstName} ${lastName}` },
      lines: [{ ...line, description: name, unitPrice: (price as Row)['amount'] }],
    },
    undefined,
  );
}
