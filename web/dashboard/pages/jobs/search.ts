/** What the list of jobs is filtered by, from the address. Pure. */
import type { JobKind, JobStatus } from '../../graph/kinds.ts';
import { placeOf, type Place } from '../../parts/pager.tsx';

export const jobKinds = [
  'REPLAY',
  'BACKFILL',
  'IMPACT_ANALYSIS',
  'TRIAL',
  'RECONCILIATION',
  'REPAIR',
  'UNDO',
  'ERASURE',
  'EXPORT',
] as const satisfies readonly JobKind[];
export const jobStatuses = [
  'QUEUED',
  'RUNNING',
  'CANCELLING',
  'CANCELLED',
  'SUCCEEDED',
  'FAILED',
] as const satisfies readonly JobStatus[];

export interface JobsSearch extends Place {
  readonly kind?: JobKind;
  readonly status?: JobStatus;
}

export function jobsSearch(search: Readonly<Record<string, unknown>>): JobsSearch {
  const kind = jobKinds.find((each) => each === search['kind']);
  const status = jobStatuses.find((each) => each === search['status']);
  return { ...placeOf(search), ...(kind === undefined ? {} : { kind }), ...(status === undefined ? {} : { status }) };
}
