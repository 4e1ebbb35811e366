/**
 * The words in which an entity is written: one decorator a field says column, GraphQL type and nullability at once, and
 * does not compile on a property of another type. In: property. Out: TypeORM column (snake case name) and GraphQL field.
 * Nothing here relies on emitted metadata, and there are no relations: edges of the graph are resolvers with loaders.
 */
import 'reflect-metadata';
import { Field, ID, Int } from 'type-graphql';
// By file: the library's index brings drivers and runners along that no start needs.
import type { ColumnOptions } from 'typeorm';
import { Column } from 'typeorm/decorator/columns/Column.js';
import { PrimaryColumn } from 'typeorm/decorator/columns/PrimaryColumn.js';
import { CountryCode, Currency, DateTime, Day, Decimal, Locale } from './scalars.js';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** A property decorator that is accepted only where the property's declared type is exactly `T`. */
type On<T> = <C extends object, K extends keyof C & string>(
  target: C,
  key: Same<C[K], T> extends true ? K : never,
) => void;

interface Wording {
  readonly description?: string;
  /** `false`: a column that the graph does not show. */
  readonly graph?: false;
}

interface Word<T> {
  (wording: Wording & { readonly nullable: true }): On<T | null>;
  (wording?: Wording & { readonly nullable?: never }): On<T>;
}

export const columnName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function word<T>(column: ColumnOptions, graph: () => object): Word<T> {
  const decorate = (wording: Wording & { readonly nullable?: true } = {}) => {
    const nullable = wording.nullable === true;
    return (target: object, key: string): void => {
      Column({ ...column, name: columnName(key), nullable })(target, key);
      if (wording.graph === false) return;
      Field(graph, {
        nullable,
        ...(wording.description === undefined ? {} : { description: wording.description }),
      })(target, key);
    };
  };
  return decorate as unknown as Word<T>;
}

/** The record's identity. */
export function Key(): On<string> {
  return ((target: object, key: string): void => {
    PrimaryColumn({ type: 'text', name: columnName(key) })(target, key);
    Field(() => ID)(target, key);
  }) as unknown as On<string>;
}

export const Text = word<string>({ type: 'text' }, () => String);
export const Whole = word<number>({ type: 'integer' }, () => Int);
export const Flag = word<boolean>({ type: 'boolean' }, () => Boolean);
export const Instant = word<Date>({ type: 'timestamptz' }, () => DateTime);
/** An exact amount or quantity, in code and on the wire a decimal string. */
export const Amount = word<string>({ type: 'numeric', precision: 19, scale: 6 }, () => Decimal);
/** Percentage points. */
export const Rate = word<string>({ type: 'numeric', precision: 7, scale: 4 }, () => Decimal);
/** A date of a calendar, as text. */
export const CalendarDay = word<string>({ type: 'text' }, () => Day);
export const Country = word<string>({ type: 'text' }, () => CountryCode);
export const CurrencyText = word<string>({ type: 'text' }, () => Currency);
export const Language = word<string>({ type: 'text' }, () => Locale);
export const TextList = word<string[]>({ type: 'text', array: true }, () => [String]);

/** A column of JSON; never a field of the graph as it is. */
export function Structure<T>(): On<T>;
export function Structure<T>(wording: { readonly nullable: true }): On<T | null>;
export function Structure<T>(wording: { readonly nullable?: true } = {}): On<T> {
  return ((target: object, key: string): void => {
    Column({ type: 'jsonb', name: columnName(key), nullable: wording.nullable === true })(target, key);
  }) as unknown as On<T>;
}

/** Text that is one of the values of an enumeration. */
export function EnumText(values: object): On<string> {
  return ((target: object, key: string): void => {
    Column({ type: 'text', name: columnName(key) })(target, key);
    Field(() => values)(target, key);
  }) as unknown as On<string>;
}
