/** How long to wait before trying again: full jitter, so that many records that failed together do not come back together. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const longest = Math.min(60_000, 1_000 * 2 ** Math.min(attempt, 10));
  return Math.round(200 + random() * (longest - 200));
}
