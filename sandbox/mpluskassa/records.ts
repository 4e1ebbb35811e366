/**
 * The records of the pretended shop as they are stored: the vendor's documents, with what belongs together kept in one
 * place. Whole numbers of unlimited size (ids, markers, cents) are digit texts as in the codec; quantities that move are
 * kept in thousandths.
 */
import type { Document, Json } from '../../src/base/document.js';

export type ProductRow = Document & {
  readonly productNumber: string;
  readonly syncMarker: string;
  readonly description: string;
  readonly extraText: string;
  readonly articleNumbers: readonly string[];
  /** Membership in web groups with the position inside each. */
  readonly groups: readonly GroupPlace[];
};

export type GroupPlace = { readonly groupNumber: number; readonly sortOrder: number };

/** The vendor's Article and the product that it belongs to; derived fields are added when it is shown. */
export type ArticleRow = Document & {
  readonly articleNumber: string;
  readonly productNumber: string;
  readonly syncMarker: string;
  readonly active: boolean;
  readonly description: string;
  readonly vatCode: number;
  readonly priceIncl: string;
  readonly priceExcl: string;
  readonly stockArticle: boolean;
};

export type GroupRow = Document & {
  readonly groupNumber: number;
  /** 0 = at the top. */
  readonly parentGroupNumber: number;
  readonly syncMarker: string;
  readonly name: string;
  readonly text: string;
  readonly sortOrder: number;
  readonly isDeleted: boolean;
};

/** Key `branch:article`. Amounts in thousandths; what may be sold is onHand − reserved. */
export type StockRow = Document & {
  readonly branchNumber: number;
  readonly articleNumber: string;
  readonly stockId: string;
  readonly changeTimestamp: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly incoming: number;
};

export type StockHistoryRow = Document & {
  readonly stockId: string;
  readonly timestamp: string;
  readonly branchNumber: number;
  readonly articleNumber: string;
  /** Thousandths; 0 when only a reservation changed. */
  readonly changed: number;
  readonly type: string;
};

export type RelationRow = Document & { readonly relationNumber: string; readonly syncMarker: string };
export type EmployeeRow = Document & {
  readonly employeeNumber: string;
  readonly syncMarker: string;
  readonly name: string;
};

export type OrderRow = Document & {
  readonly orderId: string;
  readonly syncMarker: string;
  readonly orderType: string;
  readonly relationNumber: string;
  readonly employeeNumber: string;
  readonly financialBranchNumber: number;
  readonly vatMethod: string;
  readonly financialDate: string;
  readonly totalInclAmount: string;
  readonly totalExclAmount: string;
  readonly changeCounter: number;
  readonly versionNumber: number;
  readonly prepaidAmount: string;
  readonly deliveryState: string;
  readonly cancelState: string;
  readonly completeState: string;
  readonly lineList: readonly LineRow[];
  readonly paymentList: readonly Document[];
  readonly invoiceIds: readonly string[];
  readonly packingSlipIds: readonly string[];
};

export type LineRow = Document & {
  readonly lineId: string;
  readonly articleNumber: string;
  readonly data: LineDataRow;
};

export type LineDataRow = Document & {
  readonly quantity: string;
  readonly decimalPlaces: number;
  readonly vatCode: number;
  readonly totalInclAmount: string;
  readonly totalExclAmount: string;
};

export type InvoiceRow = Document & {
  readonly invoiceId: string;
  readonly syncMarker: string;
  readonly invoiceType: string;
  readonly relationNumber: string;
  readonly financialBranchNumber: number;
  readonly vatMethod: string;
  readonly totalInclAmount: string;
  readonly changeCounter: number;
  readonly versionNumber: number;
  readonly paidAmount: string;
  readonly state: string;
  readonly lineList: readonly LineRow[];
  readonly paymentList: readonly Document[];
};

export type PackingSlipRow = Document & {
  readonly packingSlipId: string;
  readonly syncMarker: string;
  readonly orderId: string;
  readonly relationNumber: string;
  readonly state: string;
  readonly lineList: readonly LineRow[];
};

/** A document's field as a document; empty when it is absent. */
export const objectIn = (body: Document, field: string): Document => {
  const value = body[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : {};
};

/** A document's field as a list; empty when it is absent. */
export const listIn = <T extends Json = Json>(body: Document, field: string): readonly T[] => {
  const value = body[field];
  return Array.isArray(value) ? (value as readonly T[]) : [];
};

export const textIn = (body: Document, field: string): string | undefined => {
  const value = body[field];
  return typeof value === 'string' ? value : undefined;
};

export const numberIn = (body: Document, field: string): number | undefined => {
  const value = body[field];
  return typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : undefined;
};

/** A copy without some fields. */
export function omit(document: Document, fields: readonly string[]): Document {
  const copy: Record<string, Json> = { ...document };
  for (const field of fields) delete copy[field];
  return copy;
}
