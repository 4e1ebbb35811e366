/** The branches of a till: its list of them, and their numbers. */
import type { SeenRecord } from '../system.js';
import { unexpected, type Api } from './api.js';
import { branchShape, recordsOf } from './records.js';

/** All branches, also those of which something cannot be read. */
export const readBranches = async (api: Api, signal: AbortSignal): Promise<readonly SeenRecord[]> =>
  recordsOf(await api.read('getBranches', {}, signal), branchShape).map(({ record }) => record);

/** The numbers of branches. Other values of one may be broken, its number may not: nobody would miss its stock. */
export function numbersOf(branches: readonly SeenRecord[]): readonly number[] {
  // An empty list is an accident rather than a shop that has none.
  if (branches.length === 0) throw unexpected('getBranches', 'it lists no branch');
  for (const { externalId, problem } of branches) {
    const isReadable = /^\d+$/.test(externalId) && problem?.path !== 'branchNumber';
    if (!isReadable) throw unexpected('getBranches', `the number of a branch cannot be read (${externalId})`);
  }
  return branches.map(({ externalId }) => Number(externalId));
}
