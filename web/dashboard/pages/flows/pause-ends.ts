/** When a pause ends that somebody chooses by one click. Pure. */

/** In the order in which they are offered; the last one leaves it to a person. */
export const pauseEnds = ['hour', 'tomorrow', 'person'] as const;
export type PauseEnd = (typeof pauseEnds)[number];

/** Before most shops open. */
const morningHour = 8;

/** The moment, null when a person ends it. Tomorrow is a day on the clock of whoever looks at the page. */
export function endOfPause(end: PauseEnd, now: Date): string | null {
  switch (end) {
    case 'hour':
      return new Date(now.getTime() + 3_600_000).toISOString();
    case 'tomorrow':
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morningHour).toISOString();
    case 'person':
      return null;
  }
}
