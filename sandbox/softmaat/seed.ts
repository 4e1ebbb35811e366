/**
 * What the shop has before the hub comes: no products and no categories, but debtors with contacts. Depends on the seed
 * only. The first debtor is the default debtor; some are blocked, and some share an e-mail address.
 */
import { derivedKey } from '../../src/base/ids.js';
import { companies, makePerson, places } from '../engine/shop-data.js';
import { makeRandom, type Random } from '../engine/random.js';
import type { Store } from '../engine/store.js';
import type { Row } from './answers.js';
import { instantText, microsOf } from './stamps.js';
import { textOf } from './answers.js';

/** The same in every seed, so that settings can name it. */
export const defaultDebtorId = 'd0000000-0000-5000-8000-000000000001';

const debtorCount = 50;
const opened = '2025-01-06T08:00:00.000000Z';

export function seedShop(store: Store, settings: { readonly seed: number }): void {
  const random = makeRandom(settings.seed).fork('softmaat');
  const debtors = store.table<Row>('debtors');
  const contacts = store.table<Row>('contacts');
  const start = microsOf(opened) ?? 0n;
  for (let at = 0; at < debtorCount; at++) {
    // Imported in lots: ten debtors share an instant.
    const updatedAt = instantText(start + BigInt(Math.floor(at / 10)) * 60_000_000n);
    const debtor = makeDebtor(random, settings.seed, at, updatedAt);
    debtors.put(textOf(debtor['id']), debtor);
    if (debtor['kind'] === 'company') {
      const contact = makeContact(random, at, textOf(debtor['id']), updatedAt);
      contacts.put(textOf(contact['id']), contact);
    }
    if (at === 0) store.table<{ id: string }>('defaults').put('debtor', { id: textOf(debtor['id']) });
  }
  store.table<{ n: number }>('counters').put('debtor number', { n: 10_000 + debtorCount });
}

function makeDebtor(random: Random, seed: number, at: number, updatedAt: string): Row {
  const place = random.pick(places);
  const person = makePerson(random, at % 48);
  const company = at === 0 || random.chance(0.35);
  const address = { name: null, street: random.pick(place.streets), houseNumber: String(random.integer(1, 240)), addition: random.chance(0.2) ? 'bis' : null, line2: null, postalCode: place.zipcode(random), city: place.city, region: null, country: place.countryCode }; // prettier-ignore
  return {
    id: at === 0 ? defaultDebtorId : derivedKey('softmaat', `seeded debtor of ${seed}`, String(at)),
    number: String(10_001 + at),
    kind: company ? 'company' : 'person',
    companyName: at === 0 ? 'Webshop particulieren' : company ? `${random.pick(companies)} ${at}` : null,
    firstName: company ? null : person.firstName,
    infix: null,
    lastName: company ? null : person.lastName,
    email: at % 12 === 11 ? 'info@example.nl' : person.email,
    phone: random.chance(0.5) ? `+31 10 ${random.integer(1_000_000, 9_999_999)}` : null,
    mobile: null,
    vatNumber: company && place.countryCode === 'BE' ? `BE0${random.integer(100_000_000, 999_999_999)}` : null,
    chamberOfCommerce: company && place.countryCode === 'NL' ? String(random.integer(10_000_000, 99_999_999)) : null,
    language: place.countryCode === 'FR' ? 'fr' : 'nl',
    paymentTermCode: random.pick(['DIRECT', 'N14', 'N30']),
    priceListCode: null,
    blocked: at > 0 && random.chance(0.06),
    addresses: [{ role: 'billing', ...address }],
    externalReference: null,
    updatedAt,
    version: 1,
  };
}

function makeContact(random: Random, at: number, debtorId: string, updatedAt: string): Row {
  const person = makePerson(random, at);
  const id = derivedKey('softmaat', 'seeded contact', String(at));
  const jobTitle = random.pick(['Inkoop', 'Administratie', 'Directie', 'Achats']);
  return { id, debtorId, lastName: person.lastName, firstName: person.firstName, email: person.email, phone: null, jobTitle, primary: true, updatedAt, version: 1 };
} // prettier-ignore
