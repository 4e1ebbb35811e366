/** Words of no language: every text of `words` with accents and 40 % longer, values and plural forms as they are. */
type Texts = { readonly [key: string]: string | Texts };

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'ë',
  i: 'ï',
  o: 'ô',
  u: 'ü',
  c: 'ç',
  n: 'ñ',
  A: 'Á',
  E: 'Ë',
  O: 'Ô',
};

function pseudo(text: string): string {
  const shown = text.replace(/\{\{[^}]*\}\}|./gsu, (part) => accents[part] ?? part);
  return `[${shown}${'~'.repeat(Math.ceil(text.length * 0.4))}]`;
}

export const pseudoWords = <T extends Texts>(words: T): Texts =>
  Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? pseudo(value) : pseudoWords(value)]),
  );
