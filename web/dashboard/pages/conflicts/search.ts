/** What the address of the conflicts says: which ones. In: search params. Out: filters of the graph. */
import type { EntityType } from '../../graph/kinds.ts';
import { placeOf, type Place } from '../../parts/pager.tsx';

/** `owners`: not conflicts, but who decides about which field. */
export const tabs = ['open', 'ended', 'owners'] as const;
export type Tab = (typeof tabs)[number];

export interface ConflictSearch extends Place {
  readonly status?: Tab;
  readonly entity?: EntityType;
  /** Id of a record. */
  readonly record?: string;
}

/** Kinds of records about whose fields people may decide. */
export const entityTypes = ['PRODUCT', 'PRODUCT_VARIANT', 'CATEGORY', 'CUSTOMER'] as const satisfies readonly EntityType[]; // prettier-ignore

/** The address as it was typed or linked to; what means nothing is left out. */
export function readSearch(given: Readonly<Record<string, unknown>>): ConflictSearch {
  const { status, record } = given;
  const entity = entityTypes.find((each) => each === given['entity']);
  return {
    ...(status === 'ended' || status === 'owners' ? { status } : {}),
    ...(entity === undefined ? {} : { entity }),
    ...(typeof record === 'string' && record !== '' ? { record } : {}),
    ...placeOf(given),
  };
}

export const filterOf = ({ entity, record }: ConflictSearch) => ({
  entityType: entity ?? null,
  entityId: record === undefined ? null : { eq: record },
});

export const isFiltered = ({ entity, record }: ConflictSearch): boolean => entity !== undefined || record !== undefined;
