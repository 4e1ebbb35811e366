/** Orders with their lines, taxes and payments. Written by ingest only, as decided; an empty field takes the default of its column. */
import type { Json } from '../base/document.js';
import { writtenRows, type CanonicalTable } from './canonical-table.js';

const written = writtenRows({
  type: 'text',
  number: 'text',
  reference: 'text',
  settles: 'jsonb',
  credits: 'text',
  status: 'text',
  paymentStatus: 'text',
  fulfillmentStatus: 'text',
  customer: 'text',
  customerSnapshot: 'jsonb',
  billingAddress: 'jsonb',
  shippingAddress: 'jsonb',
  placedAt: 'timestamptz',
  placedAtLocal: 'text',
  documentDate: 'text',
  deliveryDate: 'text',
  dueDate: 'text',
  location: 'text',
  currency: 'text',
  taxMethod: 'text',
  taxCountry: 'text',
  lines: 'jsonb',
  deliveries: 'jsonb',
  shippingMethod: 'text',
  taxes: 'jsonb',
  totalExcl: 'numeric',
  totalTax: 'numeric',
  totalIncl: 'numeric',
  paidAmount: 'numeric',
  payments: 'jsonb',
  paymentMethod: 'text',
  paymentTerm: 'text',
  note: 'text',
});

export const orderTable = {
  entity: 'order',
  written,
  select: `select id, version, provenance, deleted_at is not null as is_deleted,
    type, number, reference, settles, credits_id as "credits", status, payment_status as "paymentStatus",
    fulfillment_status as "fulfillmentStatus", customer_id as "customer",
    customer_snapshot as "customerSnapshot", billing_address as "billingAddress",
    shipping_address as "shippingAddress",
    to_char(placed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "placedAt",
    placed_at_local as "placedAtLocal", document_date as "documentDate", delivery_date as "deliveryDate",
    due_date as "dueDate", location_id as "location", currency, tax_method as "taxMethod",
    tax_country as "taxCountry", lines, deliveries, shipping_method as "shippingMethod", taxes,
    trim_scale(total_excl) as "totalExcl", trim_scale(total_tax) as "totalTax",
    trim_scale(total_incl) as "totalIncl", trim_scale(paid_amount) as "paidAmount", payments,
    payment_method as "paymentMethod", payment_term as "paymentTerm", note
  from sales_order
  where id = any($1::text[])`,
  write: `with r as materialized (
     select id, expected, version, "contentHash", provenance, coalesce(type, 'ORDER') as type, number, reference,
       coalesce(settles, '[]') as settles, credits, coalesce(status, 'OPEN') as status, coalesce("paymentStatus", 'UNPAID') as "paymentStatus",
       coalesce("fulfillmentStatus", 'UNFULFILLED') as "fulfillmentStatus", customer, "customerSnapshot",
       "billingAddress", "shippingAddress", "placedAt", "placedAtLocal", "documentDate", "deliveryDate",
       "dueDate", location, currency, coalesce("taxMethod", 'INCLUSIVE') as "taxMethod", "taxCountry",
       coalesce(lines, '[]') as lines, coalesce(deliveries, '[]') as deliveries,
       "shippingMethod", coalesce(taxes, '[]') as taxes, "totalExcl", "totalTax",
       "totalIncl", "paidAmount", coalesce(payments, '[]') as payments, "paymentMethod", "paymentTerm", note
     from ${written.from} w
   ), inserted as (
     insert into sales_order
       (id, version, content_hash, provenance, type, number, reference, settles, credits_id, status, payment_status,
       fulfillment_status, customer_id, customer_snapshot, billing_address, shipping_address, placed_at,
       placed_at_local, document_date, delivery_date, due_date, location_id, currency, tax_method, tax_country,
       lines, deliveries, shipping_method, taxes, total_excl, total_tax, total_incl, paid_amount, payments, payment_method,
       payment_term, note)
     select id, version, "contentHash", provenance, type, number, reference, settles, credits, status, "paymentStatus",
         "fulfillmentStatus", customer, "customerSnapshot", "billingAddress", "shippingAddress", "placedAt",
         "placedAtLocal", "documentDate", "deliveryDate", "dueDate", location, currency, "taxMethod",
         "taxCountry", lines, deliveries, "shippingMethod", taxes, "totalExcl", "totalTax", "totalIncl", "paidAmount",
         payments, "paymentMethod", "paymentTerm", note
     from r where expected = 0
     on conflict (id) do nothing
     returning 1
   ), updated as (
     update sales_order t
     set version = r.version, content_hash = r."contentHash", provenance = r.provenance, updated_at = now(),
         deleted_at = null, type = r.type, number = r.number, reference = r.reference, settles = r.settles,
         credits_id = r.credits, status = r.status,
         payment_status = r."paymentStatus", fulfillment_status = r."fulfillmentStatus",
         customer_id = r.customer, customer_snapshot = r."customerSnapshot",
         billing_address = r."billingAddress", shipping_address = r."shippingAddress", placed_at = r."placedAt",
         placed_at_local = r."placedAtLocal", document_date = r."documentDate", delivery_date = r."deliveryDate",
         due_date = r."dueDate", location_id = r.location, currency = r.currency, tax_method = r."taxMethod",
         tax_country = r."taxCountry", lines = r.lines, deliveries = r.deliveries, shipping_method = r."shippingMethod", taxes = r.taxes,
         total_excl = r."totalExcl", total_tax = r."totalTax", total_incl = r."totalIncl",
         paid_amount = r."paidAmount", payments = r.payments, payment_method = r."paymentMethod",
         payment_term = r."paymentTerm", note = r.note
     from r
     where t.id = r.id and t.version = r.expected
     returning 1
   )
   select (select count(*) from inserted) + (select count(*) from updated) as written`,
  fields: (row) => ({
    type: row['type'] as Json,
    number: row['number'] as Json,
    reference: row['reference'] as Json,
    settles: row['settles'] as Json,
    credits: row['credits'] as Json,
    status: row['status'] as Json,
    paymentStatus: row['paymentStatus'] as Json,
    fulfillmentStatus: row['fulfillmentStatus'] as Json,
    customer: row['customer'] as Json,
    customerSnapshot: row['customerSnapshot'] as Json,
    billingAddress: row['billingAddress'] as Json,
    shippingAddress: row['shippingAddress'] as Json,
    placedAt: row['placedAt'] as Json,
    placedAtLocal: row['placedAtLocal'] as Json,
    documentDate: row['documentDate'] as Json,
    deliveryDate: row['deliveryDate'] as Json,
    dueDate: row['dueDate'] as Json,
    location: row['location'] as Json,
    currency: row['currency'] as Json,
    taxMethod: row['taxMethod'] as Json,
    taxCountry: row['taxCountry'] as Json,
    lines: row['lines'] as Json,
    deliveries: row['deliveries'] as Json,
    shippingMethod: row['shippingMethod'] as Json,
    taxes: row['taxes'] as Json,
    totalExcl: row['totalExcl'] as Json,
    totalTax: row['totalTax'] as Json,
    totalIncl: row['totalIncl'] as Json,
    paidAmount: row['paidAmount'] as Json,
    payments: row['payments'] as Json,
    paymentMethod: row['paymentMethod'] as Json,
    paymentTerm: row['paymentTerm'] as Json,
    note: row['note'] as Json,
  }),
} as const satisfies CanonicalTable;
