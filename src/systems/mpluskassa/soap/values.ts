/**
 * Single values between text and documents; the table of encodings is in codec.ts. Reading throws a ValueError with a
 * reason for people; writing throws it for values that the table does not allow.
 */
import { cutText } from '../../../base/cut-text.js';
import type { Json } from '../../../base/document.js';
import { fromInstant, toInstant, validDate } from './shop-time.js';
import type { ScalarType } from './schema.js';
import type { XmlElement } from './xml-reader.js';

/** A value that is not what its type says. */
export class ValueError extends Error {}

const ranges: Readonly<Record<'int' | 'short' | 'uint', readonly [number, number]>> = {
  int: [-2147483648, 2147483647],
  short: [-32768, 32767],
  uint: [0, 4294967295],
};
const wholeNumber = /^[+-]?\d{1,30}$/;
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/;

/** Reads one value; undefined when the element is empty and its type has no empty value. */
export function readScalar(type: ScalarType, element: XmlElement): Json | undefined {
  if (type === 'str' || type === 'base64') return element.text;
  if (type === 'MDate') return readDate(element);
  if (type === 'MDateTime') return readDateTime(element);
  const text = element.text.trim();
  if (text === '') return undefined;
  switch (type) {
    case 'bool':
      if (text === 'true' || text === '1') return true;
      if (text === 'false' || text === '0') return false;
      throw new ValueError(`"${shown(text)}" is not true or false`);
    case 'long':
      return readLong(text);
    case 'int':
    case 'short':
    case 'uint':
      return readInteger(type, text);
    case 'dec':
      if (!decimal.test(text)) throw new ValueError(`"${shown(text)}" is not a decimal number`);
      return text;
    case 'date':
      return readPlainDate(text);
    case 'dateTime':
      return readPlainDateTime(text);
  }
}

function readInteger(type: 'int' | 'short' | 'uint', text: string): number {
  const value = wholeNumber.test(text) ? Number(text) : NaN;
  const [least, most] = ranges[type];
  if (!(value >= least && value <= most)) throw new ValueError(`"${shown(text)}" is not a whole number in range`);
  return value === 0 ? 0 : value;
}

function readLong(text: string): string {
  if (/^-?[1-9]\d{0,17}$|^0$/.test(text)) return text;
  const value = wholeNumber.test(text) ? BigInt(text.replace('+', '')) : null;
  if (value === null || BigInt.asIntN(64, value) !== value) {
    throw new ValueError(`"${shown(text)}" is not a whole number in range`);
  }
  return value.toString();
}

function readPlainDate(text: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (match === null || !validDate(Number(match[1]), Number(match[2]), Number(match[3]))) {
    throw new ValueError(`"${shown(text)}" is not a date`);
  }
  return text.slice(0, 10);
}

function readPlainDateTime(text: string): string {
  const match = dateTime.exec(text);
  const [year, mon, day, hour, min, sec] = (match ?? []).slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (match === null || !validDate(year, mon, day) || hour > 23 || min > 59 || sec > 59) {
    throw new ValueError(`"${shown(text)}" is not a date with a time`);
  }
  // Without an offset it is the shop's wall clock, like every other time of this vendor.
  if (match[8] === undefined) return toInstant({ year, mon, day, hour, min, sec, isdst: false });
  return new Date(Date.parse(text)).toISOString();
}

function readDate(element: XmlElement): string | null | undefined {
  if (element.children.length === 0) return undefined;
  const { day, mon, year } = numbers(element, ['day', 'mon', 'year']) as { day: number; mon: number; year: number };
  if (day === 0 && mon === 0 && year === 0) return null;
  if (!validDate(year, mon, day)) throw new ValueError(`day ${day}, month ${mon}, year ${year} is not a date`);
  return `${pad(year, 4)}-${pad(mon, 2)}-${pad(day, 2)}`;
}

function readDateTime(element: XmlElement): string | null | undefined {
  if (element.children.length === 0) return undefined;
  const parts = numbers(element, ['sec', 'min', 'hour', 'day', 'mon', 'year']);
  const { sec = 0, min = 0, hour = 0, day = 0, mon = 0, year = 0 } = parts;
  if (day === 0 && mon === 0 && year === 0) return null;
  const inRange = hour >= 0 && hour <= 23 && min >= 0 && min <= 59 && sec >= 0 && sec <= 60;
  if (!validDate(year, mon, day) || !inRange) {
    throw new ValueError(`day ${day}, month ${mon}, year ${year}, ${hour}:${min}:${sec} is not a time`);
  }
  const said = (name: string): string => element.children.find((child) => child.name === name)?.text.trim() ?? '';
  // Clients that do not know say false and 0; who says one of the two means it.
  const isdst = ['true', '1'].includes(said('isdst')) || said('timezone') === '120';
  return toInstant({ year, mon, day, hour, min, sec, isdst });
}

function numbers(element: XmlElement, names: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of names) {
    const text = element.children.find((child) => child.name === name)?.text.trim() ?? '';
    found[name] = text === '' ? 0 : readInteger('int', text);
  }
  return found;
}

/** Text of one value as XML content without escaping; the structures come as `[name, text]` pairs. */
export function writeScalar(type: ScalarType, value: Json): string | readonly (readonly [string, string])[] {
  switch (type) {
    case 'str':
    case 'base64':
      if (typeof value !== 'string') throw new ValueError('it is not text');
      return value;
    case 'bool':
      if (typeof value !== 'boolean') throw new ValueError('it is not true or false');
      return value ? 'true' : 'false';
    case 'int':
    case 'short':
    case 'uint':
      return String(readInteger(type, plainText(value)));
    case 'long':
      return readLong(plainText(value));
    case 'dec':
      if (!decimal.test(plainText(value))) throw new ValueError('it is not a decimal number');
      return plainText(value);
    case 'date':
      return readPlainDate(plainText(value));
    case 'dateTime':
      readPlainDateTime(plainText(value));
      return plainText(value);
    case 'MDate':
      return writeDate(value);
    case 'MDateTime':
      return Object.entries(fromInstant(value === null ? null : readPlainDateTime(plainText(value)))).map(
        ([name, part]) => [name, String(part)] as const,
      );
  }
}

function writeDate(value: Json): readonly (readonly [string, string])[] {
  const [year = 0, mon = 0, day = 0] = value === null ? [] : readPlainDate(plainText(value)).split('-').map(Number);
  return [
    ['day', String(day)],
    ['mon', String(mon)],
    ['year', String(year)],
  ];
}

function plainText(value: Json): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value))) return String(value);
  throw new ValueError('it is not a number or text');
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0');
const shown = (text: string): string => cutText(text, 60);
