/** A name in a narrow box. In: the name and how many letters a line holds. Out: one line or two, broken between words where that is possible. Pure. */

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;

/** The second line is cut when even two are too short. */
export function inTwoLines(name: string, most: number): readonly string[] {
  if (name.length <= most) return [name];
  const space = name.lastIndexOf(' ', most);
  const [first, second] = space > 0 ? [name.slice(0, space), name.slice(space + 1)] : [name.slice(0, most), name.slice(most)]; // prettier-ignore
  return [first.trimEnd(), cut(second.trimStart(), most)];
}
