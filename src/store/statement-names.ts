/**
 * Names for statements that come again, so that Postgres keeps their plans. In: the text of a statement. Out: its name, or
 * undefined for one that has not come before; those of rare filters are never kept, because each costs memory in every
 * connection, and neither are long ones, whose text clients decide about.
 */
export type StatementNames = (text: string) => string | undefined;

const mostNames = 400;
const mostSeen = 2_000;
/** A statement that has come this often gets a name. */
const often = 3;
/** Characters of the longest text that is remembered; the longest of our own have a few thousand. */
const longest = 20_000;

export function makeStatementNames(prefix: string): StatementNames {
  const names = new Map<string, string>();
  const seen = new Map<string, number>();
  return (text) => {
    if (text.length > longest) return undefined;
    const name = names.get(text);
    if (name !== undefined || names.size >= mostNames) return name;
    const times = (seen.get(text) ?? 0) + 1;
    if (times >= often) {
      const made = `${prefix}-${names.size + 1}`;
      names.set(text, made);
      seen.delete(text);
      return made;
    }
    if (seen.size >= mostSeen) seen.clear();
    seen.set(text, times);
    return undefined;
  };
}
