/**
 * The life of an alert as a state machine. Pure: in what is open or rests of a rule and what was found in this round, out the steps
 * to take. An alert ends when its condition has not held for two rounds in a row, so that one that flickers stays one alert.
 */
import type { Finding } from './conditions.js';

/** An alert that goes on, or that a person has ended while its condition held (`rests`). */
export interface Standing {
  readonly id: string;
  readonly subject: string;
  readonly rests: boolean;
  /** When a person has ended it. */
  readonly endedAt: Date | null;
  /** Rounds in a row in which the condition did not hold. */
  readonly missed: number;
  readonly title: string;
  readonly description: string;
  readonly path: string | null;
}

/** What is said of an alert, and where it leads. */
export type SaidOfAlert = Pick<Standing, 'title' | 'description' | 'path'>;

export type Step =
  | { readonly type: 'begin'; readonly finding: Finding }
  /** Its condition holds: what is said of it is brought up to date. */
  | ({ readonly type: 'keep'; readonly id: string } & SaidOfAlert)
  | { readonly type: 'miss'; readonly id: string }
  | { readonly type: 'end'; readonly id: string }
  /** The condition of what a person has ended is over, or holds for something that came later: it may begin anew. */
  | { readonly type: 'wake'; readonly id: string };

const roundsToEnd = 2;

/** The steps of one rule in one round. */
export function nextSteps(standing: readonly Standing[], found: readonly Finding[]): readonly Step[] {
  const known = new Set(standing.map(({ subject }) => subject));
  const begun = found
    .filter(({ state, subject }) => state === 'holds' && !known.has(subject))
    .map((finding): Step => ({ type: 'begin', finding }));
  return [...standing.flatMap((alert) => stepOf(alert, found)), ...begun];
}

function stepOf(
  { id, subject, rests, missed, endedAt, ...said }: Standing,
  found: readonly Finding[],
): readonly Step[] {
  const finding = found.find((each) => each.subject === subject);
  if (finding === undefined) {
    if (missed + 1 < roundsToEnd) return [{ type: 'miss', id }];
    return [{ type: rests ? 'wake' : 'end', id }];
  }
  if (rests && finding.newestAt != null && endedAt !== null && finding.newestAt > endedAt)
    return [{ type: 'wake', id }];
  const { title, description, path } = finding.state === 'holds' && !rests ? finding : said;
  const isSame = missed === 0 && title === said.title && description === said.description && path === said.path;
  return isSame ? [] : [{ type: 'keep', id, title, description, path }];
}
