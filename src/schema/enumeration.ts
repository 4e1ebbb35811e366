/** Enums of the graph as plain string unions: declared once as a list of values, registered under their name. */
import 'reflect-metadata';
import { registerEnumType } from 'type-graphql';

/** In: name and values (with a description where the name does not say enough). Out: an object for `@Field(() => X)`. */
export function enumeration<const T extends string>(
  name: string,
  description: string,
  values: readonly T[],
  notes: Partial<Record<T, string>> = {},
): { readonly [K in T]: K } {
  const members = Object.fromEntries(values.map((value) => [value, value])) as { [K in T]: K };
  const valuesConfig = Object.fromEntries(
    Object.entries<string | undefined>(notes).map(([value, note]) => [value, { description: note! }]),
  );
  registerEnumType(members, { name, description, valuesConfig: valuesConfig as never });
  return members;
}

/** The values of an enumeration as a type. */
export type ValueOf<E extends object> = E[keyof E];
