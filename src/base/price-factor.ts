/** How many times as high a price may become before that is a jump: from 1.1 to 1000, with two decimals at most, as text. */
export const isPriceFactor = (text: string): boolean =>
  /^(?:1\.[1-9]\d?|(?:[2-9]|[1-9]\d{1,2})(?:\.\d{1,2})?|1000)$/.test(text);
