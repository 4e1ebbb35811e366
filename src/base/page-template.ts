/**
 * Addresses of the pages that a connected system has for its records, as templates that people set. In: a template such as
 * `https://shop.example/admin/orders/{id}`. Out: what is wrong with it, or the address of one record. What is filled in can become
 * a part of the path, the query or the fragment and nothing else: the host is always the one that somebody wrote down.
 */
import type { Document, Json } from './document.js';

/** What stands for a part of the address. */
export interface PageValues {
  /** The id that the system uses. */
  readonly id: string;
  /** The code by which people know it there (SKU); null when there is none. */
  readonly code: string | null;
  /** The number of a customer or order; null when there is none. */
  readonly number: string | null;
}

const placeholders: readonly (keyof PageValues)[] = ['id', 'code', 'number'];
const accepted = placeholders.map((name) => `{${name}}`).join(', ');
const longest = 500;

/** A setting of a connector that holds such a template. Forms show those of this format together. */
export const pageSetting = (title: string): Document => ({
  type: 'string',
  format: 'uri-template',
  title,
  description: 'Address of its page in the system, with {id}, {code} or {number} in it.',
});

/** What is wrong with settings that hold templates, each by its name. Never repeats the value. */
export const pageProblems = (document: Document, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => problemOf(name, document[name]) ?? []);

function problemOf(name: string, value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  // Browsers leave tabs and line breaks out of addresses, and take a backslash for a slash.
  if (typeof value !== 'string' || value.length > longest || /[\s\\]/.test(value)) return `${name} is not usable`;
  const [, authority] = /^https?:\/\/([^/?#]*)(?:[/?#]|$)/i.exec(value) ?? [];
  const example = value.replace(/\{\w*\}/g, 'x');
  if (!URL.canParse(example)) return `${name} is not an address`;
  const url = new URL(example);
  if (url.protocol === 'http:' ? !isNear(url.hostname) : url.protocol !== 'https:')
    return `${name} must start with https:// outside of your own network`;
  if (authority === undefined || url.username !== '' || url.password !== '')
    return `${name} must hold nothing but the host before its path`;
  const used = [...value.matchAll(/\{(\w*)\}/g)].map((match) => match[1]!);
  const isKnown = used.every((name) => (placeholders as readonly string[]).includes(name));
  if (used.length === 0 || !isKnown || /[{}]/.test(example))
    return `${name} needs at least one of these and no others: ${accepted}`;
  return authority.includes('{') ? `${name} must hold nothing but the host before its path` : undefined;
}

/** This machine, and addresses that no other network reaches. */
const isNear = (host: string): boolean =>
  host === 'localhost' ||
  host === '[::1]' ||
  /^(?:127|10)(?:\.\d{1,3}){3}$/.test(host) ||
  /^192\.168(?:\.\d{1,3}){2}$/.test(host) ||
  /^172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}$/.test(host);

/** Whether the template needs the number, which is known of the record and not of its identity. */
export const needsNumber = (template: string): boolean => template.includes('{number}');

/** The address of one record; null when something that the template names is not known of it. */
export function pageAddress(template: string, values: PageValues): string | null {
  let isComplete = true;
  const address = template.replace(/\{(id|code|number)\}/g, (_, name: keyof PageValues) => {
    const value = values[name];
    // A browser takes these for a step in the path, encoded or not.
    const isUsable = value !== null && !/^\.{0,2}$/.test(value) && !/\p{Surrogate}/u.test(value);
    isComplete &&= isUsable;
    return isUsable ? encodeURIComponent(value) : '';
  });
  return isComplete ? address : null;
}
