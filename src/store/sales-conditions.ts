/** Which customers and orders a filter means. In: filter of the API. Out: SQL over `customer c` or `sales_order o`. */
import { mailForm } from '../schema/customer-shapes.js';
import type { IdFilter, StringFilter } from '../schema/filters.js';
import type { CustomerFilter, OrderFilter } from '../schema/sales-filters.js';
import {
  dayConditions,
  decimalConditions,
  limited,
  listCondition,
  nestedConditions,
  textConditions,
  timeConditions,
} from './conditions.js';
import { duplicateConditions } from './customer-duplicates.js';
import { allOf, anyOf, raw, sql, type Sql } from './sql.js';
import { syncConditions } from './sync-conditions.js';

/** What a customer is called; the same expression has an index. */
export const customerName = 'coalesce(c.company_name, c.full_name, c.last_name, c.number, c.id)';

function lowered(filter: StringFilter | null | undefined): StringFilter | null {
  if (filter === null || filter === undefined) return null;
  const lower = (value: unknown): unknown =>
    typeof value === 'string' ? value.toLowerCase() : Array.isArray(value) ? value.map(lower) : value;
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, lower(value)]));
}

export const customerConditions = (filter: CustomerFilter | null | undefined): Sql[] =>
  nestedConditions(filter, (one) => [
    ...textConditions('c.id', one.id),
    ...listCondition('c.kind', one.kind ? [one.kind] : null),
    ...textConditions('c.number', one.number),
    ...textConditions(customerName, one.name),
    ...textConditions('lower(c.email)', lowered(one.email)),
    ...textConditions('c.vat_number', one.vatNumber),
    ...timeConditions('c.updated_at', one.updatedAt),
    ...countryConditions(one.country),
    ...issueConditions(one.hasIssues),
    ...mergedConditions(one.isMerged),
    ...duplicateConditions(one.hasPossibleDuplicates),
    ...syncConditions('customer', 'c.id', one.sync),
  ]);

function countryConditions(countries: readonly string[] | null | undefined): Sql[] {
  if (!countries) return [];
  return [
    sql`exists (select 1 from jsonb_array_elements(c.addresses) a where ${allOf(listCondition(`a->>'country'`, countries))})`,
  ];
}

const mergedConditions = (isMerged: boolean | null | undefined): Sql[] =>
  typeof isMerged === 'boolean' ? [raw(`c.merged_into_id is ${isMerged ? 'not ' : ''}null`)] : [];

/** Orders of those for whom a customer stands are his. Whole ids are asked in the form that the index of customers answers. */
function buyerConditions(filter: IdFilter | null | undefined): Sql[] {
  if (filter === null || filter === undefined) return [];
  const { eq, in: among, ...others } = filter;
  const whole = [...(eq ? [[eq]] : []), ...(among ? [limited(among)] : [])].map(
    (ids) => sql`o.customer_id = any(array(select unnest(${ids}::text[])
      union all select m.id from customer m where m.merged_into_id = any(${ids}::text[])))`,
  );
  const counted = 'coalesce((select m.merged_into_id from customer m where m.id = o.customer_id), o.customer_id)';
  return [...whole, ...textConditions(counted, others)];
}

/** The same as `issuesOf` lists. */
function issueConditions(hasIssues: boolean | null | undefined): Sql[] {
  if (typeof hasIssues !== 'boolean') return [];
  const malformed = (email: string): Sql => sql`(${raw(`${email} <> '' and ${email}`)} !~ ${mailForm.source})`;
  const has = sql`(coalesce(${malformed('c.email')}, false)
    or exists (select 1 from jsonb_array_elements(c.contacts) t where ${malformed(`t->>'email'`)})
    or exists (select 1 from jsonb_array_elements(c.addresses) a
      where (not a ? 'country' and a ? 'countryText')
        or (a ? 'line1' and not (a ? 'street' and a ? 'houseNumber'))))`;
  return [hasIssues ? has : sql`not ${has}`];
}

export const orderConditions = (filter: OrderFilter | null | undefined): Sql[] =>
  nestedConditions(filter, (one) => [
    ...textConditions('o.id', one.id),
    ...listCondition('o.type', one.type),
    ...textConditions('o.number', one.number),
    ...textConditions('o.reference', one.reference),
    ...listCondition('o.status', one.status),
    ...listCondition('o.payment_status', one.paymentStatus),
    ...listCondition('o.fulfillment_status', one.fulfillmentStatus),
    ...buyerConditions(one.customerId),
    ...skuConditions(one.sku),
    ...decimalConditions('o.total_incl', one.total),
    ...timeConditions('o.placed_at', one.placedAt),
    ...dayConditions('o.document_date', one.documentDate),
    ...timeConditions('o.updated_at', one.updatedAt),
    ...textConditions(`(select s.id from system s where s.key = o.provenance->>'*')`, one.originSystemId),
    ...syncConditions('order', 'o.id', one.sync),
  ]);

/** Most SKUs that are looked up by the index of lines one by one. */
const containmentLimit = 100;

/** One line fulfils all of it. Whole SKUs are asked in the form that the index of the lines answers. */
function skuConditions(filter: StringFilter | null | undefined): Sql[] {
  if (filter === null || filter === undefined) return [];
  const { eq, in: among, ...others } = filter;
  const whole = [...(eq ? [[eq]] : []), ...(among && among.length <= containmentLimit ? [among] : [])];
  const found = whole.map((skus) =>
    anyOf(skus.map((sku) => sql`o.lines @> jsonb_build_array(jsonb_build_object('sku', ${sku}::text))`)),
  );
  const isWholeOnly =
    whole.length === 1 && Object.values(others).every((value) => value === null || value === undefined);
  if (isWholeOnly && (!eq || !among)) return found;
  const line = textConditions(`line->>'sku'`, filter);
  if (line.length > 0) {
    found.push(sql`exists (select 1 from jsonb_array_elements(o.lines) line where ${allOf(line)})`);
  }
  return found;
}

export const customerSearchColumns = [customerName, 'c.email', 'c.number', 'c.vat_number'];
export const orderSearchColumns = ['o.number', 'o.reference'];
/** Also for those who may see who bought. */
export const personalOrderSearchColumns = [...orderSearchColumns, `o.customer_snapshot->>'name'`];

export const undeleted = (alias: string): Sql => raw(`${alias}.deleted_at is null`);
