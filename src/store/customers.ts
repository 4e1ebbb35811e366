/** Customers: who buys. Written by ingest only, as decided; an empty field takes the default of its column. */
import type { Json } from '../base/document.js';
import { writtenRows, type CanonicalTable } from './canonical-table.js';

const written = writtenRows({
  kind: 'text',
  number: 'text',
  companyName: 'text',
  fullName: 'text',
  firstName: 'text',
  infix: 'text',
  lastName: 'text',
  email: 'text',
  phone: 'text',
  mobile: 'text',
  website: 'text',
  language: 'text',
  vatNumber: 'text',
  registrationNumber: 'text',
  priceList: 'text',
  paymentTerm: 'text',
  paymentDays: 'integer',
  isActive: 'boolean',
  isBlocked: 'boolean',
  note: 'text',
  addresses: 'jsonb',
  contacts: 'jsonb',
});

export const customerTable = {
  entity: 'customer',
  written,
  select: `select id, version, provenance, deleted_at is not null as is_deleted,
    kind, number, company_name as "companyName", full_name as "fullName", first_name as "firstName", infix,
    last_name as "lastName", email, phone, mobile, website, language, vat_number as "vatNumber",
    registration_number as "registrationNumber", price_list as "priceList", payment_term as "paymentTerm",
    payment_days as "paymentDays", is_active as "isActive", is_blocked as "isBlocked", note, addresses, contacts
  from customer
  where id = any($1::text[])`,
  write: `with r as materialized (
     select id, expected, version, "contentHash", provenance, coalesce(kind, 'PERSON') as kind, number, "companyName",
       "fullName", "firstName", infix, "lastName", email, phone, mobile, website, language, "vatNumber",
       "registrationNumber", "priceList", "paymentTerm", "paymentDays", coalesce("isActive", true) as "isActive",
       coalesce("isBlocked", false) as "isBlocked", note, coalesce(addresses, '[]') as addresses,
       coalesce(contacts, '[]') as contacts
     from ${written.from} w
   ), inserted as (
     insert into customer
       (id, version, content_hash, provenance, kind, number, company_name, full_name, first_name, infix,
       last_name, email, phone, mobile, website, language, vat_number, registration_number, price_list,
       payment_term, payment_days, is_active, is_blocked, note, addresses, contacts)
     select id, version, "contentHash", provenance, kind, number, "companyName", "fullName", "firstName", infix,
         "lastName", email, phone, mobile, website, language, "vatNumber", "registrationNumber", "priceList",
         "paymentTerm", "paymentDays", "isActive", "isBlocked", note, addresses, contacts
     from r where expected = 0
     on conflict (id) do nothing
     returning 1
   ), updated as (
     update customer t
     set version = r.version, content_hash = r."contentHash", provenance = r.provenance, updated_at = now(),
         deleted_at = null, kind = r.kind, number = r.number, company_name = r."companyName",
         full_name = r."fullName", first_name = r."firstName", infix = r.infix, last_name = r."lastName",
         email = r.email, phone = r.phone, mobile = r.mobile, website = r.website, language = r.language,
         vat_number = r."vatNumber", registration_number = r."registrationNumber", price_list = r."priceList",
         payment_term = r."paymentTerm", payment_days = r."paymentDays", is_active = r."isActive",
         is_blocked = r."isBlocked", note = r.note, addresses = r.addresses, contacts = r.contacts
     from r
     where t.id = r.id and t.version = r.expected
     returning 1
   )
   select (select count(*) from inserted) + (select count(*) from updated) as written`,
  fields: (row) => ({
    kind: row['kind'] as Json,
    number: row['number'] as Json,
    companyName: row['companyName'] as Json,
    fullName: row['fullName'] as Json,
    firstName: row['firstName'] as Json,
    infix: row['infix'] as Json,
    lastName: row['lastName'] as Json,
    email: row['email'] as Json,
    phone: row['phone'] as Json,
    mobile: row['mobile'] as Json,
    website: row['website'] as Json,
    language: row['language'] as Json,
    vatNumber: row['vatNumber'] as Json,
    registrationNumber: row['registrationNumber'] as Json,
    priceList: row['priceList'] as Json,
    paymentTerm: row['paymentTerm'] as Json,
    paymentDays: row['paymentDays'] as Json,
    isActive: row['isActive'] as Json,
    isBlocked: row['isBlocked'] as Json,
    note: row['note'] as Json,
    addresses: row['addresses'] as Json,
    contacts: row['contacts'] as Json,
  }),
} as const satisfies CanonicalTable;
