/** What the activity log is filtered by. In: the search parameters of the address. Out: the filter of the graph. Pure. */
import type { EntityType, SyncAction, SyncOutcome } from '../../graph/kinds.ts';

/** All of them texts, so that any number elsewhere can link to the events behind it. */
export interface ActivityFilters {
  /** Id of a flow. */
  readonly flow?: string;
  readonly entity?: string;
  readonly outcome?: string;
  /** What was done with the record. */
  readonly action?: string;
  /** Id of a system. */
  readonly system?: string;
  readonly search?: string;
  /** Moments in ISO 8601. */
  readonly from?: string;
  readonly to?: string;
  /** Id of a record. */
  readonly record?: string;
  /** Correlation id: everything that one change set off. */
  readonly change?: string;
  /** How far the picture looks back while no moments are given; an ISO 8601 duration. */
  readonly span?: string;
}

const names = [
  'flow',
  'entity',
  'outcome',
  'action',
  'system',
  'search',
  'from',
  'to',
  'record',
  'change',
  'span',
] as const;

export function filtersOf(search: Readonly<Record<string, unknown>>): ActivityFilters {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = search[name];
    // What looks like a number in the address arrives as one.
    if (typeof value === 'number') found[name] = String(value);
    if (typeof value === 'string' && value !== '') found[name] = value;
  }
  for (const name of ['from', 'to']) if (Number.isNaN(Date.parse(found[name] ?? '2000'))) delete found[name];
  return found;
}

export const outcomes = [
  'SUCCEEDED',
  'UNCHANGED',
  'RETRYING',
  'FAILED',
  'BLOCKED',
  'EXCLUDED',
  'DISCARDED',
] as const satisfies readonly SyncOutcome[];

export const actions = ['CREATE', 'UPDATE', 'DELETE', 'LINK'] as const satisfies readonly SyncAction[];

export const entities = [
  'PRODUCT',
  'PRODUCT_VARIANT',
  'CATEGORY',
  'CUSTOMER',
  'CONTACT',
  'ORDER',
  'STOCK_LEVEL',
] as const satisfies readonly EntityType[];

export const spans = ['PT15M', 'PT1H', 'P1D', 'P7D'] as const;

/** Only what the graph knows: a mistyped address filters by nothing rather than failing. */
const known = <T extends string>(list: readonly T[], text: string | undefined): T[] | null => {
  const found = (text ?? '').split(',').filter((each): each is T => list.includes(each as T));
  return found.length === 0 ? null : found;
};

/** Moments apart: the list and the picture use them differently. */
export function filterOf({ flow, entity, outcome, action, system, record, change }: ActivityFilters) {
  return {
    ...(flow === undefined ? {} : { flowId: { eq: flow } }),
    ...(record === undefined ? {} : { entityId: { eq: record } }),
    ...(system === undefined ? {} : { systemId: system }),
    ...(change === undefined ? {} : { correlationId: change }),
    entityType: known(entities, entity),
    outcome: known(outcomes, outcome),
    action: known(actions, action),
  };
}

export const momentsOf = ({ from, to }: ActivityFilters): { readonly from?: string; readonly to?: string } => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

export const spanOf = ({ span }: ActivityFilters): (typeof spans)[number] =>
  spans.find((each) => each === span) ?? 'PT1H';

/** Whether anything but the picture's own span is set. */
export const hasFilters = (filters: ActivityFilters): boolean =>
  names.some((name) => name !== 'span' && filters[name] !== undefined);

export const eventTabs = ['changes', 'payloads', 'attempts', 'raw'] as const;
export type EventTab = (typeof eventTabs)[number];

export const eventTabOf = (tab: unknown): { tab?: EventTab } =>
  eventTabs.includes(tab as EventTab) ? { tab: tab as EventTab } : {};
