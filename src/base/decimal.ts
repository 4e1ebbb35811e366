/**
 * Decimal text: how amounts and quantities travel. Normal form has no exponent, no leading or trailing zeros, no "-0" and
 * no "+", so that equal numbers are equal text.
 */
const normal = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const readable = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/;
const longest = 64;

/** The normal form of a number in text, or undefined when the text is no decimal number of a sensible size. */
export function normaliseDecimal(text: string): string | undefined {
  if (text.length > longest) return undefined;
  if (normal.test(text)) return text === '-0' ? '0' : text;
  const parts = readable.exec(text.trim());
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  if (whole === '' && fraction === '') return undefined;
  const placed = place(sign === '-', whole, fraction, Number(exponent));
  return placed.length > longest ? undefined : placed;
}

/** Puts the decimal point where the exponent says and strips what means nothing. */
function place(isNegative: boolean, whole: string, fraction: string, exponent: number): string {
  let digits = whole + fraction;
  let point = whole.length + exponent;
  if (point <= 0) {
    digits = '0'.repeat(1 - point) + digits;
    point = 1;
  } else if (point > digits.length) digits += '0'.repeat(point - digits.length);
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const right = digits.slice(point).replace(/0+$/, '');
  const text = right === '' ? left : `${left}.${right}`;
  return isNegative && text !== '0' ? `-${text}` : text;
}
