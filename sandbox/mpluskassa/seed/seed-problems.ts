/**
 * An order that a web shop refuses until somebody has decided something: its customer is blocked there. Depends on nothing, so that each start
 * makes the same. The customer is one of the shop with seed 1, known by the same e-mail address. And two regular customers.
 */
import { company, person } from '../../engine/regulars.js';
import type { RelationRow } from '../records.js';
import { createOrderRow } from '../order-saving.js';
import type { Shop } from '../shop.js';
import { seedTime } from './seed-time.js';

const email = 'mohammed.peeters45@example.fr';
const articleNumber = '10006';

export function seedProblems(shop: Shop): void {
  seedRegulars(shop);
  if (!shop.articles.has(articleNumber)) return;
  const relationNumber = putRelation(shop, {
    ...{ categoryIds: [10], email, defaultVatMethod: 'VAT-METHOD-INCLUSIVE' },
    ...{ name: 'Mohammed Peeters', address: 'Rue Saint-Gilles 56', zipcode: '4000', city: 'Liège', country: 'België' },
  });
  const outcome = createOrderRow(shop, {
    orderType: 'ORDER-TYPE-SALES-ORDER',
    ...{ entryBranchNumber: 1, financialBranchNumber: 1, employeeNumber: '1', relationNumber },
    ...{ financialDate: seedTime.slice(0, 10), reference: 'Telefonisch besteld', vatMethod: 'VAT-METHOD-INCLUSIVE' },
    deliveryMethod: 'POST',
    lineList: [{ articleNumber, data: { quantity: '3', decimalPlaces: 0 } }],
  });
  if (outcome.type !== 'ok') throw new Error(`the order of a blocked customer was refused: ${JSON.stringify(outcome)}`);
}

function seedRegulars(shop: Shop): void {
  const country = 'België';
  putRelation(shop, {
    ...{ name: person.name, telephone: person.said, email: person.email, ...person.address, country },
    ...{ categoryIds: [10], defaultVatMethod: 'VAT-METHOD-INCLUSIVE' },
  });
  putRelation(shop, {
    ...{ name: company.said, companyName: company.said, email: company.email, ...company.address, country },
    ...{ categoryIds: [11], defaultVatMethod: 'VAT-METHOD-EXCLUSIVE' },
  });
}

function putRelation(shop: Shop, said: Omit<RelationRow, 'relationNumber' | 'syncMarker'>): string {
  const relationNumber = shop.next('relationNumber');
  const stamps = { createTimestamp: seedTime, changeTimestamp: seedTime };
  shop.relations.put(relationNumber, {
    ...{ relationNumber, syncMarker: shop.next('relation'), active: true, ...stamps },
    ...said,
  });
  return relationNumber;
}
