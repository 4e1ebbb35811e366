/** Text that a database can hold: no NUL or other control characters but tab and line ends, no halves of surrogate pairs. */
import type { Json } from '../base/document.js';

// eslint-disable-next-line no-control-regex
const suspicious = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff]/;
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Drops control characters and replaces half characters by U+FFFD. The same string when there is nothing to clean. */
export function cleanText(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(controls, '').replace(loneSurrogates, '\ufffd');
}

/** Cleans every text of a value, names of fields included; the same value when there is nothing to clean. */
export function cleanJson<T extends Json>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => cleanJson(item));
    return (items.some((item, i) => item !== value[i]) ? items : value) as T;
  }
  const cleaned: Record<string, Json> = Object.create(null) as Record<string, Json>;
  let isSame = true;
  for (const [name, member] of Object.entries(value)) {
    const newName = cleanText(name);
    const newMember = cleanJson(member as Json);
    if (newName !== name || newMember !== member) isSame = false;
    cleaned[newName] = newMember;
  }
  return isSame ? value : ({ ...cleaned } as T);
}
