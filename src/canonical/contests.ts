/**
 * Fields whose policy is `manual`: a change of one system is taken over, as long as the others have not changed the field too
 * since the systems last agreed. When they have, the field is contested: the hub keeps what it holds, writes it to nobody and
 * waits for a person, or for the systems to come round by themselves. Pure.
 */
import { sameJson } from '../base/content-hash.js';
import type { Json } from '../base/document.js';

/** What one system says of a contested field. */
export interface Claim {
  readonly value: Json;
  /** When it was seen; null for what the hub held already. */
  readonly at: string | null;
}

export interface Contest {
  /** What the systems last agreed on; undefined when they never did. */
  readonly base: Json | undefined;
  /** By system. */
  readonly claims: Readonly<Record<string, Claim>>;
}

export type Ruling =
  | { readonly type: 'none' }
  /** The value of `system` is the one from now on. `contest`: null when one is over by that. */
  | { readonly type: 'take'; readonly value: Json; readonly system: string; readonly isOver: boolean }
  | { readonly type: 'contested'; readonly contest: Contest };

export interface Spoken {
  readonly system: string;
  readonly value: Json;
  /** What the same system said before; undefined when that is not known. */
  readonly last: Json | undefined;
  readonly at: string;
  readonly held: Json;
  /** The system whose value is held. */
  readonly holder: string | undefined;
  readonly contest: Contest | undefined;
}

/** What becomes of a manual field when a system says something of it that it has not said before. */
export function rule(spoken: Spoken): Ruling {
  const { system, value, last, at, held, holder, contest } = spoken;
  if (contest === undefined) {
    if (sameJson(value, held)) return { type: 'none' };
    const isAlone = holder === system || holder === undefined || (last !== undefined && sameJson(last, held));
    if (isAlone) return { type: 'take', value, system, isOver: false };
    // Who has never said anything and says nothing now disagrees with nobody, nor does his first word with a field that is empty.
    if (last === undefined && value === null) return { type: 'none' };
    if (last === undefined && held === null) return { type: 'take', value, system, isOver: false };
    const claims = { [holder]: { value: held, at: null }, [system]: { value, at } };
    return { type: 'contested', contest: { base: last, claims } };
  }
  const claims = { ...contest.claims, [system]: { value, at } };
  const said = Object.entries(claims);
  const { base } = contest;
  const changed = base === undefined ? said : said.filter(([, claim]) => !sameJson(claim.value, base));
  const [first] = changed;
  if (first === undefined) return { type: 'take', value: base ?? null, system, isOver: true };
  if (changed.every(([, claim]) => sameJson(claim.value, first[1].value))) {
    return { type: 'take', value: first[1].value, system: first[0], isOver: true };
  }
  return { type: 'contested', contest: { base, claims } };
}
