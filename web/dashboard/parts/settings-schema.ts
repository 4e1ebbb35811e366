/**
 * The settings of a kind of system as a form sees them: in, the JSON Schema of its connector and what is stored; out, fields, what they begin with, and what is
 * to be sent. Secrets are never known here: an empty one is left as it is.
 */
import { RefusedError } from '../api/hooks.ts';

export interface SettingField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'secret';
  readonly title: string;
  readonly description: string | null;
  readonly isRequired: boolean;
  /** Taken when nothing is given. */
  readonly standard: string | null;
  readonly choices: readonly string[];
  readonly isListOfNumbers: boolean;
  /** Where pages of the system are: most people fill none of these in. */
  readonly isPage: boolean;
  /** Where the system answers. */
  readonly isAddress: boolean;
  readonly least: number | null;
  readonly most: number | null;
}

/** What stands in the fields: texts and switches; lists as texts with commas. */
export type SettingValues = Readonly<Record<string, string | boolean>>;
/** What is wrong, by the name of the setting. */
export type SettingErrors = Readonly<Record<string, string>>;

type Json = Readonly<Record<string, unknown>>;
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

export function fieldsOf(schema: Json): readonly SettingField[] {
  const required = (schema['required'] ?? []) as readonly string[];
  return Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Json>>).map(([name, property]) => {
    const standard = property['default'];
    const items = (property['items'] ?? {}) as Json;
    return {
      name,
      kind: kindOf(property),
      title: text(property['title']) ?? name,
      description: text(property['description']),
      isRequired: required.includes(name),
      standard: standard === undefined || standard === null ? null : String(standard as string | number | boolean),
      choices: ((property['enum'] ?? []) as readonly unknown[]).map(String),
      isListOfNumbers: items['type'] === 'integer' || items['type'] === 'number',
      isPage: property['format'] === 'uri-template',
      isAddress: property['format'] === 'uri',
      least: number(property['minimum']),
      most: number(property['maximum']),
    };
  });
}

function kindOf(property: Json): SettingField['kind'] {
  if (property['writeOnly'] === true) return 'secret';
  if (Array.isArray(property['enum'])) return 'choice';
  switch (property['type']) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return 'list';
    default:
      return 'text';
  }
}

/** What the fields begin with; secrets begin empty. */
export function startOf(fields: readonly SettingField[], stored: Json | null): SettingValues {
  return Object.fromEntries(
    fields.map(({ name, kind, standard }): [string, string | boolean] => {
      const value: unknown = kind === 'secret' ? undefined : stored?.[name];
      if (kind === 'boolean') return [name, value === undefined ? standard === 'true' : value === true];
      if (Array.isArray(value)) return [name, (value as readonly unknown[]).map(String).join(', ')];
      return [name, value === undefined || value === null ? '' : String(value as string | number)];
    }),
  );
}

/** Whether an address has another scheme, host or port than the stored one: the hub then wants the secrets again, which go to no host that they were not entered for. */
export const leadsElsewhere = (fields: readonly SettingField[], stored: Json, values: SettingValues): boolean =>
  fields.some(({ name, isAddress }) => isAddress && originOf(stored[name]) !== originOf(values[name]));

function originOf(address: unknown): string {
  const entered = (text(address) ?? '').trim();
  return URL.canParse(entered) ? new URL(entered).origin : entered;
}

/** As the hub takes them. Of a system that is stored an empty field takes its setting away (null), an empty secret leaves it. */
export function toSend(fields: readonly SettingField[], values: SettingValues, isStored: boolean): Json {
  const sent: Record<string, unknown> = {};
  for (const { name, kind, isListOfNumbers } of fields) {
    const value = values[name] ?? '';
    if (typeof value === 'boolean') sent[name] = value;
    else if (value.trim() === '') {
      if (isStored && kind !== 'secret') sent[name] = null;
    } else if (kind === 'number') sent[name] = asNumber(value);
    else if (kind === 'list') {
      const items = value.split(/[,;\s]+/).filter((item) => item !== '');
      sent[name] = isListOfNumbers ? items.map(asNumber) : items;
    } else sent[name] = kind === 'secret' ? value : value.trim();
  }
  return sent;
}

/** What is no number goes as it is, so that the hub says so at its field. */
const asNumber = (value: string): number | string => (Number.isFinite(Number(value)) ? Number(value) : value);

/** A sentence that begins with the name of a setting, with the word that stands above its field instead: "url is missing" → "Address is missing". */
export function withTitle(fields: readonly SettingField[], message: string): string {
  const field = fields.find(({ name }) => message.startsWith(`${name} `));
  return field === undefined ? message : `${field.title}${message.slice(field.name.length)}`;
}

/** Of the refusals those that name a setting: what is wrong at each. */
export function errorsAtSettings(error: Error | null): SettingErrors {
  if (!(error instanceof RefusedError)) return {};
  return Object.fromEntries(
    error.refusals.flatMap(({ field, message }) => {
      const [, of, name] = field ?? [];
      return of === 'settings' && name !== undefined ? [[name, message]] : [];
    }),
  );
}

/** Of a connection test: what did not pass, at the settings that it is about. */
export function errorsOfChecks(
  checks: readonly { readonly status: string; readonly message: string; readonly settings: readonly string[] }[],
): SettingErrors {
  const failed = checks.filter(({ status }) => status === 'FAIL');
  return Object.fromEntries(failed.flatMap(({ message, settings }) => settings.map((name) => [name, message])));
}
