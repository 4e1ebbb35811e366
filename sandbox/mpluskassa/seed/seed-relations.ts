/** Customers, suppliers and employees. Some customers are companies, some have no e-mail, some share one. */
import type { Document } from '../../../src/base/document.js';
import type { Random } from '../../engine/random.js';
import { companies, makePerson, places } from '../../engine/shop-data.js';
import type { Store } from '../../engine/store.js';
import type { EmployeeRow, RelationRow } from '../records.js';
import { seedTime } from './seed-time.js';

const stamped = { active: true, createTimestamp: seedTime, changeTimestamp: seedTime };

/** Last numbers of the sequences that the records have used. */
export interface SeededRelations {
  readonly relation: number;
  readonly relationNumber: number;
}

export function seedRelations(store: Store, random: Random, count: number): SeededRelations {
  const table = store.table<RelationRow>('relations');
  let marker = 0;
  for (let number = 1; number <= count; number++) {
    marker += random.integer(1, 2);
    table.put(number, {
      relationNumber: String(number),
      syncMarker: String(marker),
      ...stamped,
      ...(random.chance(0.2) ? company(random, number) : person(random, number)),
    });
  }
  return { relation: marker, relationNumber: count };
}

function address(random: Random): Document {
  const place = random.pick(places);
  const addition = random.chance(0.1) ? random.pick([' bus 3', 'A', ' bis']) : '';
  return {
    address: `${random.pick(place.streets)} ${random.integer(1, 240)}${addition}`,
    zipcode: place.zipcode(random),
    city: place.city,
    country: place.country,
  };
}

function person(random: Random, number: number): Document {
  const { firstName, lastName, email } = makePerson(random, random.chance(0.05) ? 1 : number);
  return {
    name: `${firstName} ${lastName}`,
    ...address(random),
    ...(random.chance(0.1) ? {} : { email }),
    mobile: `06${random.integer(10_000_000, 99_999_999)}`,
    categoryIds: [10],
    defaultVatMethod: 'VAT-METHOD-INCLUSIVE',
  };
}

function company(random: Random, number: number): Document {
  const { firstName, lastName, email } = makePerson(random, number);
  const companyName = `${random.pick(companies)} ${number}`;
  return {
    name: companyName,
    companyName,
    contact: `${firstName} ${lastName}`,
    ...address(random),
    email,
    telephone: `09${random.integer(1_000_000, 9_999_999)}`,
    vatNumber: `BE0${random.integer(100_000_000, 999_999_999)}`,
    commerceNumber: String(random.integer(10_000_000, 99_999_999)),
    paymentWithinDays: random.pick([8, 14, 30]),
    categoryIds: [number % 10 === 0 ? 12 : 11],
    defaultVatMethod: 'VAT-METHOD-EXCLUSIVE',
  };
}

export function seedEmployees(store: Store): Record<string, number> {
  const table = store.table<EmployeeRow>('employees');
  const names: readonly (readonly [string, string])[] = [['1', 'Sanne Maes'], ['2', 'Jeroen Bakker'], ['3', 'Chloé Lefèvre'], ['4', 'Wim Claes'], ['999999', 'Superuser']]; // prettier-ignore
  names.forEach(([employeeNumber, name], at) =>
    table.put(employeeNumber, { employeeNumber, syncMarker: String(at + 1), name, ...stamped }),
  );
  return { employee: names.length };
}
