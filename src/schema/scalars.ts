/**
 * Scalars of the graph. In: what a client sent. Out: exact text or instant, or an error that says what is accepted. Stricter
 * than the database, which would take NaN as a number and turn broken text into something else.
 */
import 'reflect-metadata';
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';

function badValue(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

const decimalText = /^-?\d{1,13}(\.\d{1,6})?$/;

function parseDecimal(value: unknown): string {
  if (typeof value === 'string' && decimalText.test(value)) return value;
  throw badValue(
    `A decimal is text of at most 13 digits, a point and at most 6 digits, such as "12.50"; found ${shown(value)}.`,
  );
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60);

/** A scalar that is text on the wire; literals other than strings are refused like values. */
function textScalar<T>(
  name: string,
  description: string,
  parse: (value: unknown) => T,
  serialize: (value: unknown) => string,
) {
  return new GraphQLScalarType<T, string>({
    name,
    description,
    serialize,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : valueFromASTUntyped(node)),
  });
}

export const Decimal = textScalar(
  'Decimal',
  'Exact decimal number sent as a JSON string: `"12.5000"`. Never a float.',
  parseDecimal,
  String,
);

const instantText = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function parseInstant(value: unknown): Date {
  const parts = typeof value === 'string' ? instantText.exec(value) : null;
  if (parts === null) {
    throw badValue(`A moment is written like "2026-11-24T22:19:04.512Z", zone included; found ${shown(value)}.`);
  }
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? '0'));
  if (
    month! < 1 ||
    month! > 12 ||
    day! < 1 ||
    day! > daysIn(year!, month!) ||
    hour! > 23 ||
    minute! > 59 ||
    second! > 59
  ) {
    throw badValue(`The moment ${shown(value)} does not exist.`);
  }
  const moment = new Date(value as string);
  if (Number.isNaN(moment.getTime())) throw badValue(`The moment ${shown(value)} does not exist.`);
  return moment;
}

export const DateTime = textScalar(
  'DateTime',
  'Instant in UTC, RFC 3339 with milliseconds: `2026-11-24T22:19:04.512Z`.',
  parseInstant,
  (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
);

const durationText = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** ISO 8601 duration of days and smaller, as milliseconds. */
export function durationMs(text: string): number {
  const parts = durationText.exec(text);
  if (parts === null || text.endsWith('P') || text.endsWith('T') || text.length > 20) {
    throw badValue(`A duration is written like "PT5M" or "P7D"; found ${shown(text)}.`);
  }
  const [days, hours, minutes, seconds] = parts.slice(1, 5).map((part) => Number(part ?? '0'));
  return (((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!) * 1000;
}

/** Milliseconds as ISO 8601 text with whole seconds. */
export function durationOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [seconds % 60, 'S'],
  ] as const;
  const text = parts.map(([amount, unit]) => (amount === 0 ? '' : `${amount}${unit}`)).join('');
  return `PT${text === '' ? '0S' : text}`;
}

export const Duration = textScalar(
  'Duration',
  'ISO 8601 duration: `PT5M`, `P7D`.',
  (value) => {
    durationMs(String(value));
    return String(value);
  },
  String,
);

const languageText = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export const Locale = textScalar(
  'Locale',
  'BCP 47 language tag: `nl`, `fr-BE`, `en`.',
  (value) => {
    if (typeof value === 'string' && languageText.test(value)) return value;
    throw badValue(`A language is written like "nl" or "fr-BE"; found ${shown(value)}.`);
  },
  String,
);

export const Currency = textScalar(
  'Currency',
  'ISO 4217 code in capitals: `EUR`.',
  (value) => {
    if (typeof value === 'string' && /^[A-Z]{3}$/.test(value)) return value;
    throw badValue(`A currency is three capitals such as "EUR"; found ${shown(value)}.`);
  },
  String,
);

const dayText = /^(\d{4})-(\d{2})-(\d{2})$/;

export const Day = textScalar(
  'Date',
  'Calendar date without time zone: `2026-11-24` (invoice dates, delivery dates).',
  (value) => {
    const [year, month, day] = (typeof value === 'string' ? (dayText.exec(value) ?? []) : []).slice(1).map(Number);
    if (year === undefined || month! < 1 || month! > 12 || day! < 1 || day! > daysIn(year, month!)) {
      throw badValue(`A date is written like "2026-11-24" and exists; found ${shown(value)}.`);
    }
    return value as string;
  },
  String,
);

export const CountryCode = textScalar(
  'CountryCode',
  'ISO 3166-1 alpha-2 code in capitals: `NL`, `BE`, `FR`.',
  (value) => {
    if (typeof value === 'string' && /^[A-Z]{2}$/.test(value)) return value;
    throw badValue(`A country is two capitals such as "NL"; found ${shown(value)}.`);
  },
  String,
);

export const JsonValue = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value. Only for payloads whose shape belongs to a connected system.',
});

export const JsonObject = new GraphQLScalarType({ name: 'JSONObject', description: 'A JSON object.' });
