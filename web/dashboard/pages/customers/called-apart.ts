/** What two customers, and their records in systems, are called where both stand in one sentence. Pure. */

interface Called {
  readonly displayName: string;
  readonly number?: string | null;
}

/** Their names; with their numbers when the names are the same, as those of duplicates mostly are. */
export function calledApart(one: Called, other: Called): readonly [string, string] {
  const isSame = one.displayName === other.displayName;
  const called = ({ displayName, number }: Called): string =>
    isSame && number != null ? `${displayName} (${number})` : displayName;
  return [called(one), called(other)];
}

/** An id that a machine made is known by its beginning. */
export const shortId = (id: string): string => (id.length > 20 ? `${id.slice(0, 8)}…` : id);
