/** French words with their spaces before `:`, `;`, `!`, `?` and within « » such that no line breaks there. In: words as they are written. */
type Texts = { readonly [key: string]: string | Texts };

const kept = (text: string): string => text.replace(/ ([:;!?»])/g, '\u00a0$1').replaceAll('« ', '«\u00a0');

export const frenchWords = <T extends Texts>(words: T): Texts =>
  Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? kept(value) : frenchWords(value)]),
  );
