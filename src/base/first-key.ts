/** The key with which a new hub is administered: what it is called, and which one people may choose themselves. Pure. */

/** What the key is called that the hub makes itself at its first start; whoever shows it says it in the language of the reader. */
export const nameOfFirstKey = 'administrator (first start)';

const form = /^kpl_[A-Za-z0-9]{4,16}_([A-Za-z0-9_-]{32,64})$/;
/** Of 32 random hexadecimal digits, the plainest that people make, fewer than this differ once in twenty million times. */
const leastDifferent = 8;

/** Whether a key that people have chosen is long enough, and random for all that can be seen: not a few characters, nor a word said again and again. */
export function isFirstKey(text: string): boolean {
  const secret = form.exec(text)?.[1];
  return secret !== undefined && new Set(secret).size >= leastDifferent && !isRepetition(secret);
}

function isRepetition(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period++) if (text.startsWith(text.slice(period))) return true;
  return false;
}
