/**
 * All relations by e-mail address. The service's own search gives one hit, so it cannot say whether that one is the only one;
 * the list of relations can. It is read once, when the first address is looked up, and afterwards only what has changed.
 */
import type { KoppelError } from '../../base/errors.js';
import { comparable } from '../only-or-named.js';
import type { SeenRecord } from '../system.js';
import type { Api } from './api.js';
import { below, largestPage } from './marker-stream.js';
import { recordsOf, textIn } from './records.js';
import { relationShape } from './sale-shapes.js';

export interface RelationAtEmail {
  readonly relationNumber: string;
  readonly name: string;
  /** Why it cannot be read. */
  readonly problem?: KoppelError | undefined;
}

export type RelationsAt = (email: string, signal: AbortSignal) => Promise<readonly RelationAtEmail[]>;

export function makeRelationsAt(api: Api): RelationsAt {
  const byEmail = new Map<string, Map<string, RelationAtEmail>>();
  const emailOf = new Map<string, string>();
  let next = 0n;
  let reading: Promise<void> = Promise.resolve();

  const put = ({ externalId: relationNumber, document, problem }: SeenRecord): void => {
    const email = comparable(textIn(document, 'email') ?? '');
    const former = emailOf.get(relationNumber);
    if (former !== undefined) byEmail.get(former)?.delete(relationNumber);
    emailOf.set(relationNumber, email);
    const group = byEmail.get(email) ?? new Map<string, RelationAtEmail>();
    byEmail.set(email, group.set(relationNumber, { relationNumber, name: textIn(document, 'name') ?? '', problem }));
  };

  /** Each page from a little below the last marker: one may be given out before its change is visible. */
  const readOn = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      const request = { syncMarker: String(below(next)), syncMarkerLimit: largestPage };
      const page = recordsOf(await api.read('getRelations', { request }, signal), relationShape);
      let after = next;
      for (const { record, markers } of page) {
        put(record);
        for (const marker of markers) if (marker >= after) after = marker + 1n;
      }
      if (after === next) return;
      next = after;
    }
  };

  return async (email, signal) => {
    const mine = reading.then(() => readOn(signal));
    // One read at a time; that one failed is told to whoever asked for it.
    reading = mine.catch(() => undefined);
    await mine;
    const found = [...(byEmail.get(comparable(email))?.values() ?? [])];
    // One of those that are asked for: without it the others are not all there are.
    const unread = found.find(({ problem }) => problem !== undefined);
    if (unread?.problem !== undefined) throw unread.problem;
    return found.sort((a, b) => Number(a.relationNumber) - Number(b.relationNumber));
  };
}
