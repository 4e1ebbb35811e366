/**
 * Records as the database writes them: the JSON text of what an operation asks of a record, in one expression of its statement,
 * spliced into the answer as it is. In: what is asked. Out: that expression, or null where somebody has to look at a field:
 * it hides something from the caller, speaks a language, or nobody has said how it is written. What holds for all records is
 * decided before; what only the records tell (a value that may not be null is) makes the whole page be read by columns.
 */
import { Category } from '../schema/category.js';
import { Customer } from '../schema/customer.js';
import { SalesOrder } from '../schema/order.js';
import { Product } from '../schema/product.js';
import { ProductVariant } from '../schema/product-variant.js';
import type { SelectedField, Selection, ToWrite } from '../schema/selection.js';
import { StockLevel } from '../schema/stock-level.js';
import { StockLocation } from '../schema/stock-location.js';
import { columnsOf, type EntityClass } from './entity-columns.js';
import * as catalogue from './written-catalogue.js';
import { connection, edge } from './written-pages.js';
import * as sales from './written-sales.js';
import { columnText, NotInSql, quoted, type Place, type WriteFields } from './written-values.js';

interface WrittenType {
  /** Entity whose columns are shown as they are, and the alias of its table in lists. */
  readonly entity?: EntityClass;
  readonly alias?: string;
  /** Says something of people: it is written only for those who may see all of it. */
  readonly isPersonal?: true;
  readonly fields: WriteFields;
}

const types: Readonly<Record<string, WrittenType>> = {
  Product: { entity: Product, alias: 'p', fields: catalogue.product },
  ProductVariant: { entity: ProductVariant, alias: 'v', fields: catalogue.variant },
  Category: { entity: Category, alias: 'c', fields: catalogue.category },
  StockLevel: { entity: StockLevel, alias: 'l', fields: catalogue.stockLevel },
  StockLocation: { entity: StockLocation, alias: 'o', fields: {} },
  Customer: { entity: Customer, alias: 'c', isPersonal: true, fields: sales.customer },
  Order: { entity: SalesOrder, alias: 'o', isPersonal: true, fields: sales.order },
  OrderLine: { isPersonal: true, fields: sales.orderLine },
  ProductPrice: { fields: catalogue.price },
  TaxClass: { fields: catalogue.taxClass },
  TaxedMoney: { fields: catalogue.taxedMoney },
  Money: { fields: catalogue.money },
  StockSummary: { fields: catalogue.stockSummary },
  ProductVariantConnection: { fields: connection },
  ProductVariantEdge: { fields: edge },
  StockLevelConnection: { fields: connection },
  StockLevelEdge: { fields: edge },
  OrderLineConnection: { fields: connection },
  OrderLineEdge: { fields: edge },
};

/** Who asks, and with which values of variables. */
export interface Asking extends Pick<ToWrite, 'values'> {
  readonly seesPersonal: boolean;
}

/** The JSON of a record as an expression over the usual alias of its table; null when it cannot be written. */
export function recordText(selection: Selection, asking: Asking): string | null {
  const alias = types[selection.type]?.alias;
  if (alias === undefined) return null;
  try {
    return objectText(selection, { record: alias }, asking);
  } catch (error) {
    if (error instanceof NotInSql) return null;
    throw error;
  }
}

function objectText(selection: Selection, place: Place, asking: Asking): string {
  const type = types[selection.type];
  if (type === undefined || (type.isPersonal === true && !asking.seesPersonal)) throw new NotInSql();
  const pieces: string[] = [];
  let constant = '{';
  selection.fields.forEach((field, i) => {
    constant += `${i === 0 ? '' : ','}${JSON.stringify(field.key)}:`;
    if (field.name === '__typename') {
      constant += JSON.stringify(selection.type);
      return;
    }
    pieces.push(quoted(constant), fieldText(type, field, place, asking));
    constant = '';
  });
  return `(${[...pieces, quoted(`${constant}}`)].join(' || ')})`;
}

function fieldText(type: WrittenType, field: SelectedField, place: Place, asking: Asking): string {
  const write = type.fields[field.name];
  if (write === undefined) return ownColumn(type, field, place);
  const below = (inner: Place): string => {
    if (field.below === null) throw new NotInSql();
    return objectText(field.below, inner, asking);
  };
  return write(place, { field, values: asking.values, below });
}

function ownColumn({ entity }: WrittenType, field: SelectedField, { record }: Place): string {
  const column = entity && columnsOf(entity).find(({ property }) => property === field.name);
  if (column === undefined || !field.isPlain) throw new NotInSql();
  return columnText(column, `${record}.${column.column}`, field);
}
