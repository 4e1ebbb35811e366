/**
 * Which of the records that agree in what people share (an e-mail address) is the one that is looked for. In: all of them, and
 * the name that is sought. Out: the only one; among several, the only one with that name too; else none, because one of many
 * is never taken by chance. Pure.
 */
export function onlyOrNamed<T>(found: readonly T[], nameOf: (one: T) => string, sought: string): T | undefined {
  if (found.length < 2) return found[0];
  const name = comparable(sought);
  const alike = found.filter((one) => name !== '' && comparable(nameOf(one)) === name);
  return alike.length === 1 ? alike[0] : undefined;
}

/** Without regard to case and outer space. */
export const comparable = (text: string): string => text.trim().toLowerCase();
