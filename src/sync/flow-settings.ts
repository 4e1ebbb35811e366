/** The settings of a flow as it is stored, read with their defaults. Pure; what is not understood takes the default. */
import type { Document, Json } from '../base/document.js';
import { isPriceFactor } from '../base/price-factor.js';
import { stockCalculations, type StockCalculation } from '../canonical/stock.js';
import { defaultLimits, type GuardLimits } from '../canonical/write-harm.js';
import type { FlowSettings, OrderSettings } from './configuration.js';

export function toFlowSettings(settings: Document): FlowSettings {
  return {
    batchSize: numberOr(settings['batchSize'], 250),
    createMissing: settings['createMissing'] !== false,
    updateExisting: settings['updateExisting'] !== false,
    stockCalculation: oneOf(stockCalculations, settings['stockCalculation'], 'AVAILABLE') as StockCalculation,
    country: textIn(settings, 'country') ?? 'NL',
    currency: textIn(settings, 'currency') ?? 'EUR',
    ownedFields: textsIn(settings, 'ownedFields'),
    startFrom: startOf(settings['startFrom']),
    liveFrom: textIn(settings, 'liveFrom'),
    order: toOrderSettings(objectIn(settings, 'order')),
    articleNumbers: numbersOf(objectIn(settings, 'articleNumbers')),
    guard: guardOf(objectIn(settings, 'guard')),
  };
}

const documentTypes = ['ORDER', 'INVOICE', 'CREDIT_NOTE'] as const;

function toOrderSettings(settings: Document): OrderSettings {
  const types = documentTypes.filter((type) => textsIn(settings, 'types').includes(type));
  return {
    types: types.length > 0 ? types : ['ORDER'],
    documentType: oneOf(['ORDER', 'INVOICE'] as const, settings['documentType'], 'ORDER'),
    employee: textIn(settings, 'employee'),
    branch: textIn(settings, 'branch'),
    entryBranch: textIn(settings, 'entryBranch'),
    workplace: textIn(settings, 'workplace'),
    orderCategory: textIn(settings, 'orderCategory'),
    shippingArticle: textIn(settings, 'shippingArticle'),
    roundingArticle: textIn(settings, 'roundingArticle'),
    defaultCustomer: textIn(settings, 'defaultCustomer'),
    useDefaultCustomer: oneOf(['whenMissing', 'always'] as const, settings['useDefaultCustomer'], 'whenMissing'),
    matchCustomersBy: oneOf(['email', 'none'] as const, settings['matchCustomersBy'], 'email'),
  };
}

function startOf(value: Json | undefined): FlowSettings['startFrom'] {
  if (value === 'now') return 'now';
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? { placedFrom: value } : 'beginning';
}

function numbersOf(settings: Document): FlowSettings['articleNumbers'] {
  const from = textIn(settings, 'from');
  return settings['mode'] === 'allocate' && from !== null && /^[1-9]\d{0,14}$/.test(from)
    ? { mode: 'allocate', from }
    : { mode: 'digitsOnly' };
}

function guardOf(settings: Document): GuardLimits {
  const factor = textIn(settings, 'priceFactor');
  return {
    isOn: settings['isOn'] !== false,
    records: numberOr(settings['records'], defaultLimits.records),
    percent: numberOr(settings['percent'], defaultLimits.percent),
    priceFactor: factor !== null && isPriceFactor(factor) ? factor : defaultLimits.priceFactor,
  };
}

const numberOr = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

function oneOf<T extends string>(values: readonly T[], value: Json | undefined, otherwise: T): T {
  return values.find((each) => each === value) ?? otherwise;
}

function textIn(settings: Document, name: string): string | null {
  const value = settings[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function textsIn(settings: Document, name: string): readonly string[] {
  const value = settings[name];
  return Array.isArray(value) ? (value as readonly Json[]).filter((each) => typeof each === 'string') : [];
}

function objectIn(settings: Document, name: string): Document {
  const value = settings[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : {};
}
