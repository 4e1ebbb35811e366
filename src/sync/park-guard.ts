/**
 * Tells many broken records from one broken cause (G6). When more than 20 records of a flow were parked for the same reason
 * within five minutes, and they are more than 5 % of what the flow handled in that time, something other than those records
 * is wrong: the flow is stopped instead of filling the list of problems. A few per cent of truly bad records stay parked one
 * by one, however many there are.
 */
import type { Clock } from '../base/clock.js';

export interface ParkGuard {
  handled(flow: string, count: number): void;
  /** Notes a record that is going to be parked. When it is one too many: how many there were, it included; else 0. */
  parks(flow: string, fingerprint: string): number;
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

export function makeParkGuard(clock: Clock): ParkGuard {
  const counters = new Map<string, Map<string, ReturnType<typeof makeCounter>>>();
  const counter = (flow: string, name: string): ReturnType<typeof makeCounter> => {
    const ofFlow = counters.get(flow) ?? new Map<string, ReturnType<typeof makeCounter>>();
    counters.set(flow, ofFlow);
    const found = ofFlow.get(name) ?? makeCounter(clock);
    ofFlow.set(name, found);
    return found;
  };
  return {
    handled: (flow, count) => void counter(flow, '').add(count),
    parks(flow, fingerprint) {
      const parked = counter(flow, fingerprint).add(1);
      return parked > most && parked > share * counter(flow, '').add(0) ? parked : 0;
    },
    forget: (flow) => void counters.delete(flow),
  };
}
