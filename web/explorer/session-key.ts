/** The API key that the person entered. In: text. Kept for this browser tab only; closing the tab forgets it. */
const place = 'koppel.explorer.key';

export const keptKey = (): string | null => sessionStorage.getItem(place);
export const keepKey = (key: string): void => sessionStorage.setItem(place, key);
export const forgetKey = (): void => sessionStorage.removeItem(place);
