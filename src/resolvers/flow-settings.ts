/** Settings of flows between the words of the graph and those in which they are stored. Pure. */
import type { Document, Json } from '../base/document.js';
import { isPriceFactor } from '../base/price-factor.js';
import {
  DocumentType,
  type FlowSettings as Shown,
  type FlowSettingsInput,
  type OrderFlowSettingsInput,
  type WriteGuardInput,
} from '../schema/flow-settings.js';
import type { FlowSettings } from '../sync/configuration.js';
import type { SettingProblem } from '../sync/setting-problems.js';

const defaultCustomerUses = { WHEN_MISSING: 'whenMissing', ALWAYS: 'always' } as const;
const numberModes = { DIGITS_ONLY: 'digitsOnly', ALLOCATE: 'allocate' } as const;
const matches = { EMAIL: 'email', NONE: 'none' } as const;

function wordOf(words: Readonly<Record<string, string>>, stored: string): string {
  return Object.keys(words).find((word) => words[word] === stored) ?? stored;
}

/** Settings as the graph shows them, defaults filled in. */
export function shownSettings(settings: FlowSettings): Shown {
  const { startFrom, liveFrom, order, articleNumbers, guard } = settings;
  return {
    batchSize: settings.batchSize,
    createMissing: settings.createMissing,
    updateExisting: settings.updateExisting,
    stockCalculation: settings.stockCalculation,
    country: settings.country,
    currency: settings.currency,
    ownedFields: settings.ownedFields,
    start: startFrom === 'now' ? 'NOW' : 'BEGINNING',
    startFrom: typeof startFrom === 'object' ? new Date(startFrom.placedFrom) : null,
    liveFrom: liveFrom === null ? null : new Date(liveFrom),
    order: {
      ...order,
      useDefaultCustomer: wordOf(defaultCustomerUses, order.useDefaultCustomer),
      matchCustomersBy: wordOf(matches, order.matchCustomersBy),
    },
    articleNumbers: {
      mode: wordOf(numberModes, articleNumbers.mode),
      from: articleNumbers.mode === 'allocate' ? articleNumbers.from : null,
    },
    guard: {
      isOn: guard.isOn,
      maxRecords: guard.records,
      maxPercent: guard.percent,
      maxPriceFactor: guard.priceFactor,
    },
  };
}

/** What an input changes in the stored settings (null = back to the default), or what is wrong with it. */
export function settingsPatch(
  input: FlowSettingsInput,
  stored: Document,
): {
  readonly patch: Document;
  readonly problems: readonly SettingProblem[];
} {
  const { start, startFrom, liveFrom, order, articleNumbers, guard, ...plain } = input;
  const patch: Record<string, Json> = {};
  const problems: SettingProblem[] = [];
  const refuse = (message: string, ...field: readonly string[]): void =>
    void problems.push({ message, field: ['settings', ...field] });
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) patch[name] = value as Json;
  if (start === 'NOW' && startFrom != null) refuse('Give either start: NOW or startFrom, not both.', 'startFrom');
  Object.assign(patch, startPatch(start, startFrom, stored));
  if (liveFrom !== undefined) patch['liveFrom'] = liveFrom?.toISOString() ?? null;
  if (order !== undefined) patch['order'] = order === null ? null : orderPatch(order);
  if (articleNumbers !== undefined) {
    const from = articleNumbers?.from ?? null;
    if (articleNumbers?.mode === 'ALLOCATE' && !/^[1-9]\d{0,14}$/.test(from ?? '')) {
      refuse(
        'The first number of the range must be 1 to 15 digits that do not begin with 0.',
        'articleNumbers',
        'from',
      );
    }
    patch['articleNumbers'] =
      articleNumbers === null ? null : { mode: numberModes[articleNumbers.mode as keyof typeof numberModes], from };
  }
  if (guard !== undefined) patch['guard'] = guard === null ? null : guardPatch(guard, refuse);
  if (order?.types?.length === 0) {
    refuse(`Name at least one of ${Object.keys(DocumentType).join(', ')}, or null for ORDER.`, 'order', 'types');
  }
  const { batchSize, country, currency } = plain;
  if (batchSize != null && (batchSize < 1 || batchSize > 1_000)) refuse('batchSize must be 1 to 1000.', 'batchSize');
  if (country != null && !/^[A-Z]{2}$/.test(country)) refuse('country must be two capital letters.', 'country');
  if (currency != null && !/^[A-Z]{3}$/.test(currency)) refuse('currency must be three capital letters.', 'currency');
  return { patch, problems };
}

/** One stored setting says both. No date takes a date away; it says nothing about a start that is no date. */
function startPatch(
  start: FlowSettingsInput['start'],
  startFrom: FlowSettingsInput['startFrom'],
  stored: Document,
): Document {
  if (startFrom != null) return { startFrom: startFrom.toISOString() };
  if (start === 'NOW') return { startFrom: 'now' };
  const isLeft = start === undefined && (startFrom === undefined || stored['startFrom'] === 'now');
  return isLeft ? {} : { startFrom: null };
}

function orderPatch(order: OrderFlowSettingsInput): Document {
  const { useDefaultCustomer, matchCustomersBy, ...plain } = order;
  const patch: Record<string, Json> = {};
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) patch[name] = value as Json;
  if (useDefaultCustomer !== undefined) {
    patch['useDefaultCustomer'] = defaultCustomerUses[useDefaultCustomer as keyof typeof defaultCustomerUses] ?? null;
  }
  if (matchCustomersBy !== undefined) {
    patch['matchCustomersBy'] = matches[matchCustomersBy as keyof typeof matches] ?? null;
  }
  return patch;
}

type Refuse = (message: string, ...field: readonly string[]) => void;

function guardPatch({ isOn, maxRecords, maxPercent, maxPriceFactor }: WriteGuardInput, refuse: Refuse): Document {
  const isWithin = (value: number | null | undefined, most: number): boolean =>
    value == null || (value >= 0 && value <= most);
  if (!isWithin(maxRecords, 1_000_000)) refuse('Give a number from 0 to 1000000.', 'guard', 'maxRecords');
  if (!isWithin(maxPercent, 100)) refuse('Give a number from 0 to 100.', 'guard', 'maxPercent');
  if (maxPriceFactor != null && !isPriceFactor(maxPriceFactor))
    refuse('Give a number from 1.1 to 1000, with two decimals at most.', 'guard', 'maxPriceFactor');
  const stored = { isOn, records: maxRecords, percent: maxPercent, priceFactor: maxPriceFactor };
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== undefined)) as Document;
}
