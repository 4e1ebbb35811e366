/** Edits of customers: new ones (persons, companies with a contact, people without an e-mail address) and what changes in time. */
import type { Document } from '../../src/base/document.js';
import { companies, makePerson, places } from '../engine/shop-data.js';
import type { Random } from '../engine/random.js';
import { SandboxUsageError } from '../engine/sandbox-system.js';
import { personCall, type Changed, type Restriction } from './edit.js';
import { textIn, type RelationRow } from './records.js';
import { createRelation, updateRelation } from './relations.js';
import { walkInRelation } from './seed/seed-services.js';
import type { Shop } from './shop.js';

type RelationEdit = (random: Random, before: RelationRow) => Document;

/** What may change about a relation that is there, by name. */
const edits: Readonly<Record<string, RelationEdit>> = {
  email: (random, { relationNumber }) => ({ email: makePerson(random, Number(relationNumber) + 1_000_000).email }),
  phone: (random) => ({ mobile: `06${random.integer(10_000_000, 99_999_999)}` }),
  address: (random) => addressOf(random),
  rename: (random, before): Document => {
    const { firstName, lastName } = makePerson(random, 1);
    const name = `${firstName} ${lastName}`;
    return (textIn(before, 'companyName') ?? '') === '' ? { name } : { contact: name };
  },
  company: (random, before): Document =>
    (textIn(before, 'companyName') ?? '') === ''
      ? { ...companyOf(random, Number(before.relationNumber)), contact: textIn(before, 'name') ?? '' }
      : { companyName: `${random.pick(companies)} ${before.relationNumber}` },
};
const names = [...Object.keys(edits), 'new'];

export function editRelation(shop: Shop, random: Random, changed: Changed, only: Restriction): void {
  const allowed = only.edits ?? [...names, 'new'];
  const strange = allowed.find((name) => !names.includes(name));
  if (strange !== undefined) throw new SandboxUsageError(`edits of relations are ${names.join(', ')}; got ${strange}`);
  const name = random.pick(allowed);
  if (name === 'new') return void newRelation(shop, random, changed);
  const candidates = [...shop.relations.values()].filter(
    (row) =>
      row.relationNumber !== walkInRelation && (only.of === 'any' || (textIn(row, 'extRelationId') ?? '') === ''),
  );
  if (candidates.length === 0) return;
  const before = random.pick(candidates);
  const relation = { ...edits[name]!(random, before), relationNumber: before.relationNumber };
  updateRelation(shop, { relation }, personCall(changed));
}

/** The number of a customer who came in just now. */
export function newRelation(shop: Shop, random: Random, changed: Changed): string {
  const number = shop.current('relationNumber') + 1;
  const draw = random.next();
  const person = makePerson(random, number);
  const name = `${person.firstName} ${person.lastName}`;
  const relation: Document =
    draw < 0.3
      ? { ...companyOf(random, number), contact: name, email: person.email, ...addressOf(random) }
      : draw < 0.5
        ? { name, ...(random.chance(0.5) ? addressOf(random) : {}) }
        : { name, email: person.email, mobile: `06${random.integer(10_000_000, 99_999_999)}`, ...addressOf(random) };
  const answer = createRelation(shop, { relation }, personCall(changed));
  return String(answer['relationNumber']);
}

function companyOf(random: Random, number: number): Document {
  const companyName = `${random.pick(companies)} ${number}`;
  return {
    name: companyName,
    companyName,
    vatNumber: `BE0${random.integer(100_000_000, 999_999_999)}`,
    commerceNumber: String(random.integer(10_000_000, 99_999_999)),
    paymentWithinDays: random.pick([8, 14, 30]),
    defaultVatMethod: 'VAT-METHOD-EXCLUSIVE',
  };
}

export function addressOf(random: Random): Document {
  const place = random.pick(places);
  const addition = random.chance(0.2) ? random.pick([' bus 3', 'A', ' bis', '-II', ' B 03']) : '';
  return {
    address: `${random.pick(place.streets)} ${random.integer(1, 240)}${addition}`,
    zipcode: place.zipcode(random),
    city: place.city,
    country: place.country,
  };
}
