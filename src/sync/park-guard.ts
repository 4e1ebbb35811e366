/**
 * Tells many broken records from one broken cause (G6). When more than 20 records of a flow were parked for the same reason
 * within five minutes, and they are more than 5 % of what the flow handled in that time, something other than those records
 * is wrong: the flow is stopped instead of filling the list of problems. A few per cent of truly bad records stay parked one
 * by one, however many there are.
 */
import type { Clock } from '../base/clock.js';

export interface ParkGuard {
  handled(flow: string, count: number): void;
  /**
   * Notes a record that is going to be parked; the same one again counts once. When it is one too many: how many there were,
   * it included; else 0.
   */
  parks(flow: string, fingerprint: string, record: string): number;
  /** Starts counting anew, after a person let the flow go on. */
  forget(flow: string): void;
}

const windowMs = 5 * 60_000;
const most = 20;
const share = 0.05;

/** Counts per ten seconds, so that memory does not grow with traffic. */
function makeCounter(clock: Clock): { add(count: number): number } {
  const slotMs = 10_000;
  let slots: { readonly slot: number; count: number }[] = [];
  return {
    add(count) {
      const slot = Math.floor(clock.monotonic() / slotMs);
      slots = slots.filter((each) => each.slot > slot - windowMs / slotMs);
      const last = slots.at(-1);
      if (last?.slot === slot) last.count += count;
      else slots.push({ slot, count });
      return slots.reduce((sum, each) => sum + each.count, 0);
    },
  };
}

/** Tells how many different records there were within the window. */
function makeRecords(clock: Clock): { add(record: string): number } {
  const seenAt = new Map<string, number>();
  return {
    add(record) {
      const now = clock.monotonic();
      // The oldest stand first, because a record that comes again moves to the end.
      seenAt.delete(record);
      seenAt.set(record, now);
      for (const [one, at] of seenAt) {
        if (at > now - windowMs) break;
        seenAt.delete(one);
      }
      return seenAt.size;
    },
  };
}

export function makeParkGuard(clock: Clock): ParkGuard {
  const parked = new Map<string, Map<string, ReturnType<typeof makeRecords>>>();
  const handled = new Map<string, ReturnType<typeof makeCounter>>();
  const handledOf = (flow: string): ReturnType<typeof makeCounter> => {
    const counter = handled.get(flow) ?? makeCounter(clock);
    handled.set(flow, counter);
    return counter;
  };
  const parkedOf = (flow: string, fingerprint: string): ReturnType<typeof makeRecords> => {
    const ofFlow = parked.get(flow) ?? new Map<string, ReturnType<typeof makeRecords>>();
    parked.set(flow, ofFlow);
    const found = ofFlow.get(fingerprint) ?? makeRecords(clock);
    ofFlow.set(fingerprint, found);
    return found;
  };
  return {
    handled: (flow, count) => void handledOf(flow).add(count),
    parks(flow, fingerprint, record) {
      const count = parkedOf(flow, fingerprint).add(record);
      return count > most && count > share * handledOf(flow).add(0) ? count : 0;
    },
    forget(flow) {
      handled.delete(flow);
      parked.delete(flow);
    },
  };
}
