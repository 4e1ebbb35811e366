/** What the address of the problems says: which ones, in which view. In: search params. Out: filters of the graph. */
import type { DeadLetterFilter } from '../../graph/graphql.ts';
import type { DeadLetterStatus, EntityType, ErrorClassification } from '../../graph/kinds.ts';
import { placeOf, type Place } from '../../parts/pager.tsx';

export const tabs = ['open', 'retrying', 'ended'] as const;
export type Tab = (typeof tabs)[number];

export interface ProblemSearch extends Place {
  readonly status?: Tab;
  readonly view?: 'list';
  readonly flow?: string;
  readonly entity?: EntityType;
  readonly class?: ErrorClassification;
  /** Fingerprint of a cause. */
  readonly cause?: string;
  readonly system?: string;
  readonly assignee?: string;
  readonly search?: string;
}

export const entityTypes: readonly EntityType[] = ['PRODUCT', 'PRODUCT_VARIANT', 'CATEGORY', 'CUSTOMER', 'CONTACT', 'ORDER', 'STOCK_LEVEL']; // prettier-ignore
export const classes: readonly ErrorClassification[] = ['UNMAPPED', 'VALUE', 'MISSING', 'REFERENCE', 'DUPLICATE', 'CONFLICT', 'PARSE', 'TOO_LARGE', 'CREDENTIALS', 'PERMISSION', 'RATE_LIMIT', 'TIMEOUT', 'UNREACHABLE', 'INTERNAL']; // prettier-ignore

/** The address as it was typed or linked to; what means nothing is left out. */
export function readSearch(given: Readonly<Record<string, unknown>>): ProblemSearch {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' && value !== '' ? { [name]: value } : {};
  };
  const oneOf = (name: string, allowed: readonly string[]) =>
    allowed.includes(given[name] as string) ? { [name]: given[name] } : {};
  return {
    ...oneOf('status', tabs),
    ...oneOf('view', ['list']),
    ...oneOf('entity', entityTypes),
    ...oneOf('class', classes),
    ...text('flow'),
    ...text('cause'),
    ...text('system'),
    ...text('assignee'),
    ...text('search'),
    ...placeOf(given),
  };
}

const statuses: Readonly<Record<Tab, readonly DeadLetterStatus[]>> = {
  open: ['OPEN', 'REPLAYING'],
  retrying: ['REPLAYING'],
  ended: ['RESOLVED', 'DISCARDED'],
};

/** The problems that the address means, of its tab or of another one. */
export function filterOf(search: ProblemSearch, tab: Tab = search.status ?? 'open'): DeadLetterFilter {
  return {
    status: statuses[tab],
    ...(search.flow === undefined ? {} : { flowId: { eq: search.flow } }),
    ...(search.entity === undefined ? {} : { entityType: [search.entity] }),
    ...(search.class === undefined ? {} : { classification: [search.class] }),
    ...(search.cause === undefined ? {} : { fingerprint: search.cause }),
    ...(search.system === undefined ? {} : { systemId: search.system }),
    ...(search.assignee === undefined ? {} : { assigneeId: search.assignee }),
  };
}

export const isFiltered = ({ flow, entity, class: one, cause, system, assignee, search }: ProblemSearch): boolean =>
  [flow, entity, one, cause, system, assignee, search].some((each) => each !== undefined);
