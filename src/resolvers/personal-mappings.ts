/** Mappings of customers and orders read and make personal data: a key without READ_CUSTOMERS is shown no records of them. */
import type { Context } from './context.js';

const personal: ReadonlySet<string> = new Set(['customer', 'contact', 'order']);

/** Whether records of this kind are to be kept from the caller. */
export const isHidden = ({ caller }: Pick<Context, 'caller'>, entity: string): boolean =>
  personal.has(entity) && !caller.scopes.has('READ_CUSTOMERS');

export const hiddenRecords =
  'Records of customers and orders are for those who may see names and addresses; paste one of your own.';
