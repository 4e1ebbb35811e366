/** Which characteristics, options and VAT classes the catalogue uses; each function is one statement over the whole of it. */
import type { Attribute } from '../schema/attribute.js';
import type { TaxClassUse } from '../schema/tax-class.js';
import type { Query } from './database.js';
import { selected } from './sql.js';

/** Characteristics of products and options of variants, by role and code. */
export const readAttributes = (query: Query, role: string | null): Promise<Attribute[]> =>
  selected(
    query,
    `select code, role, max(unit) as "unitCode" from (
       select distinct a ->> 'code' as code, 'CHARACTERISTIC' as role, a ->> 'unitCode' as unit
       from product p cross join lateral jsonb_array_elements(p.attributes) a where p.deleted_at is null
       union all
       select distinct o ->> 'code', 'OPTION', null
       from variant v cross join lateral jsonb_array_elements(v.options) o where v.deleted_at is null) used
     where code is not null and ($1::text is null or role = $1)
     group by role, code order by role, code`,
    [role],
  );

/** Classes of VAT with the rates that variants have in them. */
export const readTaxClasses = (query: Query): Promise<TaxClassUse[]> =>
  selected(
    query,
    `select tax_class as code, json_agg(json_build_object('ratePercent', rate::text, 'variantCount', n) order by rate) as rates
     from (
       select tax_class, trim_scale(tax_rate) as rate, count(*)::integer as n from variant
       where tax_class is not null and tax_rate is not null and deleted_at is null
       group by tax_class, trim_scale(tax_rate)) used
     group by tax_class order by tax_class`,
  );
