/** Settings of flows between the words of the graph and those in which they are stored. Pure. */
import type { Document, Json } from '../base/document.js';
import type { FlowSettings as Shown, FlowSettingsInput, OrderFlowSettingsInput } from '../schema/flow-settings.js';
import type { FlowSettings } from '../sync/configuration.js';

const defaultCustomerUses = { WHEN_MISSING: 'whenMissing', ALWAYS: 'always' } as const;
const numberModes = { DIGITS_ONLY: 'digitsOnly', ALLOCATE: 'allocate' } as const;
const matches = { EMAIL: 'email', NONE: 'none' } as const;

function wordOf(words: Readonly<Record<string, string>>, stored: string): string {
  return Object.keys(words).find((word) => words[word] === stored) ?? stored;
}

/** Settings as the graph shows them, defaults filled in. */
export function shownSettings(settings: FlowSettings): Shown {
  const { startFrom, liveFrom, order, articleNumbers } = settings;
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
  };
}

export interface SettingProblem {
  readonly message: string;
  readonly field: readonly string[];
}

/** What an input changes in the stored settings (null = back to the default), or what is wrong with it. */
export function settingsPatch(input: FlowSettingsInput): {
  readonly patch: Document;
  readonly problems: readonly SettingProblem[];
} {
  const { start, startFrom, liveFrom, order, articleNumbers, ...plain } = input;
  const patch: Record<string, Json> = {};
  const problems: SettingProblem[] = [];
  const refuse = (message: string, ...field: readonly string[]): void =>
    void problems.push({ message, field: ['settings', ...field] });
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) patch[name] = value as Json;
  if (start !== undefined) patch['startFrom'] = start === 'NOW' ? 'now' : null;
  if (startFrom !== undefined && startFrom !== null && start === 'NOW') {
    refuse('Give either start: NOW or startFrom, not both.', 'startFrom');
  } else if (startFrom !== undefined) patch['startFrom'] = startFrom?.toISOString() ?? null;
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
  const { batchSize, country, currency } = plain;
  if (batchSize != null && (batchSize < 1 || batchSize > 1_000)) refuse('batchSize must be 1 to 1000.', 'batchSize');
  if (country != null && !/^[A-Z]{2}$/.test(country)) refuse('country must be two capital letters.', 'country');
  if (currency != null && !/^[A-Z]{3}$/.test(currency)) refuse('currency must be three capital letters.', 'currency');
  return { patch, problems };
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
