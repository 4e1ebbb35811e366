/**
 * How long a change of a field about which people decide rests before it is written: until the other systems have most likely
 * been read once more, so that an edit there is seen, and contested, before it would be written over. Pure.
 */
import { bringsIn } from '../canonical/flow-entities.js';
import { worker } from '../canonical/ownership.js';
import { readEveryMs } from '../canonical/read-every.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Configuration } from './configuration.js';

/** Readings of a busy machine, or of one that has just started, come later than their rounds. */
const marginMs = 5_000;

export function restBeforeWriteMs({ fieldOwners, flows }: Configuration, event: CanonicalEvent): number {
  // What a person has said here needs no waiting, and a new record is nobody else's yet.
  if (event.action !== 'updated' || event.cause.system === worker) return 0;
  const isManual = fieldOwners.some(
    ({ entity, field, policy }) => policy === 'manual' && entity === event.entity && field in event.changes,
  );
  if (!isManual) return 0;
  // Whether the edit would show in a source or in a target is not asked: the longer of the two will do.
  const showing = flows.filter((flow) => flow.isRead && bringsIn(flow.entity, event.entity));
  const polls = showing.map((flow) => readEveryMs(flow, 'target'));
  return 2 * Math.max(0, ...polls) + marginMs;
}
