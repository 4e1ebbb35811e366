/**
 * Edits of debtors: new ones (persons, companies with a contact, people without an e-mail address) and what changes in time.
 * The default debtor is nobody in particular and stays as it is.
 */
import { companies, makePerson, places } from '../engine/shop-data.js';
import type { Random } from '../engine/random.js';
import type { Row } from './answers.js';
import { textOf } from './answers.js';
import { changeContact, changeDebtor, createContact, createDebtor } from './debtor-calls.js';
import type { Restriction } from './restriction.js';
import type { Shop } from './shop.js';

type DebtorEdit = (shop: Shop, random: Random, before: Row) => void;

/** Numbers of people that no till gives: an e-mail address is made of them. */
const ownPeople = 5_000_000;
const personOf = (random: Random, debtor: Row) =>
  makePerson(random, ownPeople + Number(textOf(debtor['number'])) * 10 + random.integer(0, 9));

const change = (shop: Shop, before: Row, values: Row): void => void changeDebtor(shop, before, values, null);

const edits: Readonly<Record<string, DebtorEdit>> = {
  email: (shop, random, before) => change(shop, before, { email: personOf(random, before).email }),
  phone: (shop, random, before) => change(shop, before, { phone: `+32 9 ${random.integer(1_000_000, 9_999_999)}` }),
  address: (shop, random, before) =>
    change(shop, before, { addresses: [{ role: 'billing', ...addressOf(random), name: null }] }),
  postcode(shop, random, before) {
    const [first, ...rest] = (before['addresses'] ?? []) as readonly Row[];
    if (first === undefined) return;
    const place = random.pick(places.filter(({ countryCode }) => countryCode === first['country']));
    if (place !== undefined) change(shop, before, { addresses: [{ ...first, postalCode: place.zipcode(random) }, ...rest] });
  },
  rename(shop, random, before) {
    const name = nameOf(random, before);
    if (before['kind'] === 'person') return change(shop, before, name);
    const contact = contactOf(shop, before);
    const { firstName = null } = name;
    if (contact !== undefined) changeContact(shop, contact, { firstName, lastName: wholeLastName(name) }, null);
  },
  company(shop, random, before) {
    const companyName = `${random.pick(companies)} ${textOf(before['number'])}`;
    change(shop, before, { kind: 'company', companyName });
    const { firstName = null, email = null } = before;
    if (before['kind'] === 'person' && contactOf(shop, before) === undefined)
      createContact(shop, textOf(before['id']), { firstName, lastName: wholeLastName(before), email, primary: true }, null);
  },
  contact(shop, random, before) {
    const contact = contactOf(shop, before);
    if (contact !== undefined) changeContact(shop, contact, { jobTitle: `Inkoop ${random.integer(1, 999)}` }, null);
  },
  blocked: (shop, _, before) => change(shop, before, { blocked: before['blocked'] !== true }),
}; // prettier-ignore

export const debtorEdits = ['new', ...Object.keys(edits)];
/** Nobody is blocked unless that is asked for, because a blocked debtor gets no orders any more. */
const usual = debtorEdits.filter((name) => name !== 'blocked');

export function editDebtors(shop: Shop, random: Random, only: Restriction): readonly string[] {
  const name = random.pick(only.edits ?? usual);
  if (name === 'new') return [newDebtor(shop, random)];
  const standIn = shop.store.table<{ id: string }>('defaults').get('debtor')?.id;
  const candidates = [...shop.table.debtors.values()].filter(
    (row) =>
      row['id'] !== standIn &&
      (only.of === 'any' || row['externalReference'] === null) &&
      (name !== 'contact' || row['kind'] === 'company'),
  );
  if (candidates.length === 0) return [];
  const before = random.pick(candidates);
  edits[name]?.(shop, random, before);
  return [textOf(before['id'])];
}

/** The id of a customer who came just now. */
export function newDebtor(shop: Shop, random: Random): string {
  const number = shop.table.debtors.size + random.integer(1, 9) * 100_000;
  const person = makePerson(random, ownPeople + number);
  const draw = random.next();
  const isCompany = draw < 0.25;
  const isGuest = draw > 0.7;
  const name = nameOf(random, { number: String(number) });
  const debtor = createDebtor(
    shop,
    {
      kind: isCompany ? 'company' : 'person',
      ...(isCompany ? { companyName: `${random.pick(companies)} ${number}` } : name),
      email: isGuest ? null : person.email,
      ...(random.chance(0.5) ? { phone: `+31 10 ${random.integer(1_000_000, 9_999_999)}` } : {}),
      language: random.pick(['nl', 'fr']),
      paymentTermCode: random.pick(['DIRECT', 'N14', 'N30']),
      addresses: [{ role: 'billing', ...addressOf(random) }],
    },
    null,
  );
  const id = textOf(debtor['id']);
  const { firstName = null } = name;
  if (isCompany)
    createContact(shop, id, { firstName, lastName: wholeLastName(name), email: person.email, primary: true }, null);
  return id;
}

function nameOf(random: Random, debtor: Row): Row {
  const { firstName, lastName } = personOf(random, debtor);
  const parts = /^(van den|de) (.+)$/.exec(lastName);
  return parts === null || random.chance(0.5)
    ? { firstName, infix: null, lastName }
    : { firstName, infix: parts[1] ?? null, lastName: parts[2] ?? lastName };
}

/** Contacts have no infix. */
function wholeLastName(name: Row): string {
  const whole = [textOf(name['infix']), textOf(name['lastName'])].filter((part) => part !== '').join(' ');
  return whole === '' ? 'Onbekend' : whole;
}

function contactOf(shop: Shop, debtor: Row): Row | undefined {
  return [...shop.table.contacts.values()].find((contact) => contact['debtorId'] === debtor['id']);
}

export function addressOf(random: Random): Row {
  const place = random.pick(places);
  return {
    name: null,
    street: random.pick(place.streets),
    houseNumber: String(random.integer(1, 240)),
    addition: random.chance(0.15) ? random.pick(['bis', 'A', 'bus 3']) : null,
    line2: null,
    postalCode: place.zipcode(random),
    city: place.city,
    region: null,
    country: place.countryCode,
  };
}
