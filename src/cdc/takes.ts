/**
 * What flows take from a stream, and whether that is more than what was taken when the stream was read: then what was shown
 * already has to be shown once more, because it was thrown away. Pure.
 */
import type { Configuration, Flow } from '../sync/configuration.js';
import type { Takes } from '../store/capture-positions.js';
import type { Stream } from '../systems/system.js';
import { isAbout } from '../canonical/flow-entities.js';
import { flowsFrom } from './sources.js';

/** Empty for a stream in which only our own writes are watched. */
export function takesOf(configuration: Configuration, system: string, { entity }: Stream): Takes {
  const takes: Record<string, string | null> = {};
  for (const flow of flowsFrom(configuration, system, entity)) {
    const from = isAbout(flow.entity, entity) ? startOf(flow) : null;
    for (const kind of entity === 'order' ? flow.settings.order.types : [entity]) {
      const known = takes[kind];
      if (known === undefined || isEarlier(from, known)) takes[kind] = from;
    }
  }
  return takes;
}

/** What starts now takes nothing of the past, so nothing is missing. */
export function takesMore(before: Takes | null, now: Takes): boolean {
  if (before === null) return false;
  return Object.entries(now).some(([kind, from]) => isEarlier(from, before[kind] === undefined ? 'now' : before[kind]));
}

/** Null = from the beginning. */
function startOf({ entity, settings: { startFrom } }: Flow): string | null {
  if (startFrom === 'now') return startFrom;
  return entity === 'order' && typeof startFrom === 'object' ? startFrom.placedFrom : null;
}

function isEarlier(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === null && other !== null;
  if (one === 'now' || other === 'now') return one !== 'now';
  return Date.parse(one) < Date.parse(other);
}
