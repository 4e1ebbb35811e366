/**
 * Which barcodes are identities of an article. A GTIN has 8, 12, 13 or 14 digits and a valid check digit. Numbers that a
 * shop gives out itself (prefix 2, weighed goods) look the same and are not unique outside the shop.
 */

/** True when the last digit is the right one. */
export function hasValidCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 2, weight = 3; i >= 0; i--, weight = 4 - weight) sum += Number(digits[i]) * weight;
  return (10 - (sum % 10)) % 10 === Number(digits[digits.length - 1]);
}

/** True for a code that names the same article everywhere. */
export function isGtin(code: string): boolean {
  if (!/^(?:\d{8}|\d{12}|\d{13}|\d{14})$/.test(code) || !hasValidCheckDigit(code)) return false;
  const wide = code.padStart(14, '0');
  const isInStore =
    code.length === 8 ? code.startsWith('2') || code.startsWith('0') : wide.startsWith('02') || wide.startsWith('002');
  return !isInStore && !/^0+$/.test(code);
}
