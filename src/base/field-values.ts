/**
 * What the value of a field is made of. In: fields of kinds of record, a dotted path, a value. Out: the field at the path, its parts that people
 * have a name for, the texts of a value with the field in which each stands. Places in lists (`lines.0.text`) are passed over. Pure.
 */
import type { Field, Json } from './document.js';

/** A part by its name below the field: `data.vatCode`. */
export interface NamedPart {
  readonly path: string;
  readonly label: string;
}

const isPlace = (segment: string): boolean => segment === '*' || /^\d+$/.test(segment);

/** The field at a path, of the first kind of record that has it. */
export function fieldAt(path: string, kinds: readonly (readonly Field[])[]): Field | undefined {
  const names = path.split('.').filter((segment) => !isPlace(segment));
  for (const fields of kinds) {
    let found: Field | undefined;
    let among = fields;
    for (const name of names) {
      found = among.find((field) => field.name === name);
      among = found?.fields ?? [];
    }
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Parts of parts too, each behind the one that it belongs to; those without a name are left out with all that is in them. */
export const namedParts = ({ fields = [] }: Field, before = ''): readonly NamedPart[] =>
  fields.flatMap((field) => {
    if (field.label === undefined) return [];
    const path = `${before}${field.name}`;
    return [{ path, label: field.label }, ...namedParts(field, `${path}.`)];
  });

/** A text, and the field in which it stands. */
export interface HeldText {
  readonly field: Field;
  readonly text: string;
}

/** Every text that a value of the field holds. */
export function textsOf(field: Field, value: Json): readonly HeldText[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => textsOf(field, item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const part = field.fields?.find((each) => each.name === name);
    return part === undefined ? [] : textsOf(part, inner);
  });
}
