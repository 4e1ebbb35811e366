/** What the till's own words are called by people: values of the vendor's enumerations, and which fields hold codes that the till lists. */
import type { CodeWords } from '../code-words.js';

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'VAT-METHOD': { INCLUSIVE: 'VAT included', EXCLUSIVE: 'Excluding VAT', SHIFTED: 'VAT shifted', NONE: 'Without VAT' },
  'ORDER-TYPE': {
    'SALES-ORDER': 'Sales order',
    'REPEAT-SALES-ORDER': 'Repeated sales order',
    'EXTERNAL-SALES-ORDER': 'Sales order from elsewhere',
    'TABLE-ORDER': 'Order of a table',
    'CAFETERIA-ORDER': 'Order of a snack bar',
  },
  'ORDER-DELIVERY-STATE': {
    NOTHING: 'Nothing delivered',
    PARTIAL: 'Partly delivered',
    COMPLETE: 'All delivered',
  },
  'ORDER-CANCEL-STATE': { NOTHING: 'Not cancelled', PARTIAL: 'Partly cancelled', COMPLETE: 'Cancelled' },
  'ORDER-COMPLETE-STATE': {
    NOTHING: 'Not settled',
    PARTIAL: 'Partly settled',
    'PARTIAL-DELIVERY-PENDING': 'Partly settled, delivery pending',
    COMPLETE: 'Settled',
  },
  'INVOICE-TYPE': {
    INVOICE: 'Invoice',
    'DIRECT-INVOICE': 'Direct invoice',
    'CREDIT-INVOICE': 'Credit note',
    'REPEATING-INVOICE': 'Repeated invoice',
  },
  'INVOICE-STATE': {
    OUTSTANDING: 'To be paid',
    'PARTLY-PAID': 'Partly paid',
    PAID: 'Paid',
    HANDLED: 'Settled',
    'OUTSTANDING-CREDIT': 'Credit outstanding',
  },
  'TURNOVER-GROUP-TYPE': {
    TURNOVER: 'Turnover',
    PAYMENT: 'Payment',
    SUSPENSE: 'Suspense account',
    'CASH-INFLOW': 'Cash put in',
    'CASH-OUTFLOW': 'Cash taken out',
    'BALANCE-UPGRADE': 'Credit topped up',
    UNKNOWN: 'Unknown',
    'REFUNDABLE-DEPOSIT': 'Refundable deposit',
  },
  PRICE: {
    NORMAL: 'Ordinary price',
    FREE: 'Free of charge',
    'NOT-FOR-SALE': 'Not for sale',
    'NOT-FOR-SALE-VISIBLE': 'Not for sale, but shown',
    'BARCODE-PRICE': 'Price from the barcode',
    'NOT-SET': 'No price set',
  },
};

/** See `CodeWords`. */
export const codeWords: CodeWords = {
  fixed: {
    ...Object.fromEntries(
      Object.entries(words).flatMap(([start, own]) =>
        Object.entries(own).map(([end, word]) => [`${start}-${end}`, word]),
      ),
    ),
    ORDER: 'Order',
    INVOICE: 'Invoice',
  },
  listed: {
    vatCode: 'mpluskassa-vat-code',
    method: 'mpluskassa-payment-method-out',
    paymentMethod: 'mpluskassa-payment-method-out',
    deliveryMethod: 'mpluskassa-delivery-method-out',
    branchNumber: 'mpluskassa-branch',
    entryBranchNumber: 'mpluskassa-branch',
    financialBranchNumber: 'mpluskassa-branch',
    orderCategoryNumber: 'mpluskassa-order-category',
  },
  held: {
    taxClass: 'mpluskassa-vat-code',
    branch: 'mpluskassa-branch',
    entryBranch: 'mpluskassa-branch',
    orderCategory: 'mpluskassa-order-category',
  },
};
