/**
 * Customers whom both sandboxes have under different telephone numbers; which one is right is for a person to say. The shop has had them from the
 * till before, as a hub leaves them behind that was taken away, so they carry its mark: a hub knows each of them to be one customer, whichever
 * system it reads first. The same in every seed; each sandbox writes them in its own words.
 */
import { derivedId } from '../../src/base/ids.js';

export interface DisputedCustomer {
  readonly relationNumber: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly countryCode: string;
  /** As it stands in the till and in the shop. */
  readonly phone: { readonly till: string; readonly shop: string };
}

export const disputedCustomers: readonly DisputedCustomer[] = [
  {
    relationNumber: '700001',
    ...{ firstName: 'Elise', lastName: 'Vermeulen', email: 'elise.vermeulen@example.be' },
    ...{ street: 'Veldstraat', houseNumber: '12', postalCode: '9000', city: 'Gent' },
    ...{ country: 'België', countryCode: 'BE', phone: { till: '09 224 11 80', shop: '09 224 18 10' } },
  },
  {
    relationNumber: '700002',
    ...{ firstName: 'Tom', lastName: 'Hendriks', email: 'tom.hendriks@example.nl' },
    ...{ street: 'Biltstraat', houseNumber: '81', postalCode: '3572 AJ', city: 'Utrecht' },
    ...{ country: 'Nederland', countryCode: 'NL', phone: { till: '030 271 45 60', shop: '06 5520 7413' } },
  },
];

/** The mark of a hub that knows the till by its usual key. */
export const markOf = ({ relationNumber }: DisputedCustomer): string =>
  derivedId('customer', 'mpluskassa', relationNumber);
