/**
 * The body of an order as the system takes it. In: what the order should be. Out: objects that say nothing are null, and what
 * the system does not take is left out and named. Pure.
 */
import type { Document, Json } from '../../base/document.js';
import { normaliseDecimal } from '../../base/decimal.js';
import type { ErrorCode } from '../../base/error-codes.js';
import { textOf } from './json-text.js';

/** Why a part of an order is not sent. */
export interface Withheld {
  readonly code: ErrorCode;
  /** The field that is not sent. */
  readonly path: string;
  readonly what?: string;
}

interface Wired {
  readonly body: Document;
  readonly withheld: Withheld | undefined;
}

/** `withheld`: the first part that is not sent. */
export function wire(body: Document): Wired {
  const sent: Record<string, Json> = { ...body };
  const withheld: Withheld[] = [];
  for (const [name, codeOf] of parts) {
    const value = sent[name];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    const verdict = codeOf(value as Document);
    if (verdict === 'empty') sent[name] = null;
    else if (verdict !== 'sent') {
      delete sent[name];
      withheld.push({ code: verdict, path: name });
    }
  }
  return { body: sent, withheld: withheld[0] };
}

type Verdict = 'sent' | 'empty' | ErrorCode;

const isFilled = (value: Json | undefined): boolean => textOf(value).trim() !== '';
const isWhole = (address: Document): boolean => ['street', 'city', 'country'].every((name) => isFilled(address[name]));

/** The debtor has one as well. */
const billing = (address: Document): Verdict => (isWhole(address) ? 'sent' : 'empty');

/** Without the one of the order a parcel would go to the debtor's: nobody may guess that of a street. */
const shipping = (address: Document): Verdict =>
  isWhole(address) ? 'sent' : isFilled(address['street']) ? 'ADDRESS_INCOMPLETE' : 'empty';

/** One amount that is not negative, at one rate. */
function cost({ amount, taxCode }: Document): Verdict {
  if (!isFilled(amount)) return 'empty';
  return normaliseDecimal(textOf(amount))?.startsWith('-') === true || !isFilled(taxCode)
    ? 'SHIPPING_COSTS_UNFIT'
    : 'sent';
}

const parts = [
  ['billingAddress', billing],
  ['shippingAddress', shipping],
  ['shippingCost', cost],
] as const;
