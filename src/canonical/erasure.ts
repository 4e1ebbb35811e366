/**
 * What erasing a person makes of records, and how what was said of him is found elsewhere. Pure. Amounts, dates, VAT, states and
 * numbers of documents stay, because the books need them; names, addresses, ways to reach him and free text go.
 */
import { isObject, type Document, type Json } from '../base/document.js';

/** Stands where a system cannot do without a name. */
export const erasedName = '[erased]';
/** Stands for a text that quoted him. */
export const erasedText = '•••';

/** Fields of a customer that say who he is; number and terms of payment stay for the books. */
const ofCustomer: ReadonlySet<string> = new Set(['companyName', 'fullName', 'firstName', 'infix', 'lastName', 'email', 'phone', 'mobile', 'website', 'language', 'vatNumber', 'registrationNumber', 'note', 'addresses', 'contacts']); // prettier-ignore
/** Fields of an order that say something of the buyer; what of each stays is said below. */
const ofOrder: ReadonlySet<string> = new Set(['customerSnapshot', 'billingAddress', 'shippingAddress', 'note', 'reference', 'payments', 'lines']); // prettier-ignore

/** Fields of a record in which something of a person may stand. */
export const personalFields = (entity: string): ReadonlySet<string> =>
  entity === 'customer' ? ofCustomer : entity === 'order' ? ofOrder : new Set();

/** The country stays, because VAT depends on it. */
const keptOf: Readonly<Record<string, readonly string[]>> = {
  customerSnapshot: ['kind'],
  billingAddress: ['role', 'country', 'countryText'],
  shippingAddress: ['role', 'country', 'countryText'],
};

/** One field of a record without the person; undefined = nothing is left of it. */
function fieldWithout(entity: string, field: string, value: Json): Json | undefined {
  if (!personalFields(entity).has(field)) return value;
  if (entity !== 'order') return undefined;
  if (field === 'payments') return each(value, ({ reference: _, ...payment }) => payment);
  if (field === 'lines') return each(value, lineWithout);
  const kept = pick(value, keptOf[field] ?? []);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** A line of text is what somebody wrote; other lines say what was sold. */
const lineWithout = (line: Document): Document =>
  line['kind'] === 'TEXT' && 'description' in line ? { ...line, description: erasedText } : line;

/** The fields of a record without the person. */
export function withoutPersonIn(entity: string, fields: Document): Document {
  const kept: Record<string, Json> = {};
  for (const [field, value] of Object.entries(fields)) {
    const left = fieldWithout(entity, field, value);
    if (left !== undefined) kept[field] = left;
  }
  return kept;
}

/** Values before and after, per field, without the person. */
export function withoutPersonInChanges(entity: string, changes: Document): Document {
  return Object.fromEntries(
    Object.entries(changes).map(([field, pair]) => [
      field,
      Array.isArray(pair)
        ? (pair as readonly Json[]).map((value) => (value === null ? null : (fieldWithout(entity, field, value) ?? null)))
        : pair,
    ]),
  );
} // prettier-ignore

/** What targets are told of an erased customer. */
export function placeholderOf(customer: Document): Document {
  const isCompany = customer['kind'] === 'COMPANY';
  return {
    ...withoutPersonIn('customer', customer),
    ...(isCompany ? { companyName: erasedName } : {}),
    fullName: erasedName,
    addresses: [],
    contacts: [],
    primaryContact: null,
    billingAddress: null,
    shippingAddress: null,
  };
}

const pick = (value: Json, names: readonly string[]): Document =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name))) : {};

const each = (value: Json, change: (item: Document) => Document): Json =>
  Array.isArray(value) ? (value as readonly Json[]).map((item) => (isObject(item) ? change(item) : item)) : value;

/** What is known of a person, to be found in texts. */
export interface PersonalTexts {
  /** Alone enough to know that a text is about him: address of e-mail, telephone, whole name, line of an address. */
  readonly telling: readonly string[];
  /** All of it, down to the first name and the town. */
  readonly all: ReadonlySet<string>;
}

/** Not what people are known by, although it stands among it. */
const notTexts: ReadonlySet<string> = new Set(['role', 'kind', 'country', 'countryText', 'language', 'method', 'key', 'unitCode', 'taxClass', 'taxCategory', 'sku', 'variant', 'amount', 'paidAt', 'quantity']); // prettier-ignore

/** From records as they are and as they were: `fields` of customers and orders, by entity. */
export function personalTextsIn(records: readonly { readonly entity: string; readonly fields: Document }[]): PersonalTexts {
  const all = new Set<string>();
  for (const { entity, fields } of records) {
    for (const [field, value] of Object.entries(fields)) {
      if (!personalFields(entity).has(field)) continue;
      if (field !== 'lines') collect(field, value, all);
      else for (const line of Array.isArray(value) ? (value as readonly Document[]) : []) if (line['kind'] === 'TEXT') collect('description', line['description'] ?? null, all);
    }
  }
  return { all, telling: [...all].filter(isTelling) };
} // prettier-ignore

function collect(name: string, value: Json, into: Set<string>): void {
  if (typeof value === 'string') {
    const text = value.trim().toLowerCase();
    if (text.length >= 2 && !notTexts.has(name) && text !== erasedText && text !== erasedName) into.add(text);
  } else if (Array.isArray(value)) for (const item of value as readonly Json[]) collect(name, item, into);
  else if (isObject(value)) for (const [inner, item] of Object.entries(value)) collect(inner, item, into);
}

/** Long and particular enough: an address of e-mail, six digits, or two words of together eight letters. */
const isTelling = (text: string): boolean =>
  text.includes('@') || text.replace(/\D/g, '').length >= 6 || (/\S\s+\S/.test(text) && text.length >= 8);

/** Whether a text quotes him. */
export const quotes = ({ telling }: Pick<PersonalTexts, 'telling'>, text: string): boolean => {
  const lower = text.toLowerCase();
  return telling.some((each) => lower.includes(each));
};

/** A document without texts that quote him. Where it quotes him at all, or is known to be about him, all that is his goes. */
export function withoutTexts(texts: PersonalTexts, value: Json, isAboutHim = false): Json {
  if (!isAboutHim && !quotes(texts, JSON.stringify(value) ?? '')) return value;
  return replaced(texts, value);
}

function replaced(texts: PersonalTexts, value: Json): Json {
  if (typeof value === 'string') return isHis(texts, value) ? erasedText : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => replaced(texts, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(texts, item)]));
}

/** Words of four letters and more also count inside a longer text. */
function isHis(texts: PersonalTexts, text: string): boolean {
  const lower = text.trim().toLowerCase();
  if (texts.all.has(lower) || quotes(texts, lower)) return true;
  const words = new Set(lower.split(/[^\p{L}\p{N}@._-]+/u).filter((word) => word.length >= 4));
  return [...words].some((word) => texts.all.has(word));
}
