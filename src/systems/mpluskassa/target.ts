/**
 * Nothing is written to MplusKASSA yet: it is the source of products, groups and stock. Every request is answered at once
 * with a failure that says so, and no connection is opened.
 */
import { KoppelError } from '../../base/errors.js';
import type { Target, TargetRecord } from '../system.js';
import { systemName, type Settings } from './settings.js';

export const targets: readonly TargetRecord[] = [];

/** How long the service may go on with a request after we gave up waiting. */
const afterTimeoutMs = 60_000;

export function makeTarget(settings: Settings): Target {
  return {
    requestLifeMs: settings.timeoutMs + afterTimeoutMs,
    write: async (entity, requests) => {
      const error = new KoppelError('CAPABILITY_MISSING', { system: systemName, what: `writing ${entity}` });
      return requests.map(() => ({ type: 'failed', error }));
    },
    find: async (entity) => {
      throw new KoppelError('CAPABILITY_MISSING', { system: systemName, what: `finding ${entity}` });
    },
  };
}
