/**
 * The record that the rules are tried on, in the address of the editor: `?record=`, `?code=`, `?external=`, `?event=`, `?problem=`,
 * `?test=`; and `?version=`, the one that is compared with what is edited. Pure.
 */
import type { SampleInput } from '../../graph/graphql.ts';

export interface SampleSearch {
  readonly record?: string;
  readonly code?: string;
  readonly external?: string;
  readonly event?: string;
  readonly problem?: string;
  readonly test?: string;
  /** What people call it. */
  readonly label?: string;
  readonly version?: number;
}

const named = [
  ['record', 'entityId'],
  ['code', 'code'],
  ['external', 'externalId'],
  ['event', 'syncEventId'],
  ['problem', 'deadLetterId'],
  ['test', 'testId'],
] as const;

/** At most one record, and what people call it. */
export function sampleSearch(search: Readonly<Record<string, unknown>>): SampleSearch {
  const key = named.map(([each]) => each).find((each) => isText(search[each]));
  const { label } = search;
  const version = Number(search['version'] ?? 0);
  return {
    ...(key === undefined ? {} : { [key]: String(search[key]), ...(isText(label) ? { label: String(label) } : {}) }),
    ...(Number.isSafeInteger(version) && version > 0 ? { version } : {}),
  };
}

// A code of digits only comes out of the address as a number.
const isText = (value: unknown): boolean => (typeof value === 'string' && value !== '') || typeof value === 'number';

/** As the API names the record; null when the address names none. */
export function sampleOf(search: SampleSearch): { readonly input: SampleInput; readonly label: string } | null {
  const found = named.find(([key]) => search[key] !== undefined);
  if (found === undefined) return null;
  const value = search[found[0]]!;
  return { input: { [found[1]]: value } as unknown as SampleInput, label: search.label ?? value };
}

/** As the address names it; empty for a pasted record, which has no place there. */
export function searchOf(input: SampleInput, label: string): SampleSearch {
  const found = named.find(([, name]) => name in input);
  return found === undefined
    ? {}
    : { [found[0]]: String((input as Readonly<Record<string, unknown>>)[found[1]]), label };
}
