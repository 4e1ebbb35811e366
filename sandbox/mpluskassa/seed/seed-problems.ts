/**
 * An order that a web shop refuses until somebody has decided something: its customer is blocked there; and customers of whom the shop
 * knows another telephone number. Depends on nothing, so that each start
 * makes the same. The customer is one of the shop with seed 1, known by the same e-mail address.
 */
import { disputedCustomers } from '../../engine/disputed-customers.js';
import { createOrderRow } from '../order-saving.js';
import type { Shop } from '../shop.js';
import { seedTime } from './seed-time.js';

const email = 'mohammed.peeters45@example.fr';
const articleNumber = '10006';

export function seedProblems(shop: Shop): void {
  seedBlockedOrder(shop);
  for (const {
    relationNumber,
    firstName,
    lastName,
    email,
    street,
    houseNumber,
    phone,
    ...place
  } of disputedCustomers) {
    shop.relations.put(relationNumber, {
      ...{ relationNumber, syncMarker: shop.next('relation'), active: true, categoryIds: [10], email },
      ...{ name: `${firstName} ${lastName}`, address: `${street} ${houseNumber}`, zipcode: place.postalCode },
      ...{ city: place.city, country: place.country, telephone: phone.till },
      ...{ defaultVatMethod: 'VAT-METHOD-INCLUSIVE', createTimestamp: seedTime, changeTimestamp: seedTime },
    });
  }
}

function seedBlockedOrder(shop: Shop): void {
  if (!shop.articles.has(articleNumber)) return;
  const relationNumber = shop.next('relationNumber');
  shop.relations.put(relationNumber, {
    ...{ relationNumber, syncMarker: shop.next('relation'), active: true, categoryIds: [10], email },
    ...{ name: 'Mohammed Peeters', address: 'Rue Saint-Gilles 56', zipcode: '4000', city: 'Liège', country: 'België' },
    ...{ defaultVatMethod: 'VAT-METHOD-INCLUSIVE', createTimestamp: seedTime, changeTimestamp: seedTime },
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
