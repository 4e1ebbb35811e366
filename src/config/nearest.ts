/** Did you mean …? The known name that needs the fewest changes to become the given one. */

/** All names begin with KOPPEL_, which says nothing about how alike they are. */
const commonStart = 'KOPPEL_'.length;

/** A name that has all of its words comes first. Undefined when even the nearest differs in more than a third of its letters. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const words = given.split('_');
  const holding = known.filter((name) => words.every((word) => name.split('_').includes(word)));
  if (holding.length > 0) return holding.reduce((a, b) => (b.length < a.length ? b : a));
  let best: string | undefined;
  let least = Infinity;
  for (const name of known) {
    const changes = distance(given, name);
    if (changes < least) [best, least] = [name, changes];
  }
  return best !== undefined && least <= Math.ceil((best.length - commonStart) / 3) ? best : undefined;
}

/** Levenshtein distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
