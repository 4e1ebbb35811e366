/** A value as a record holds it, for people: names for ids and codes, words for states, amounts with their currency, one line for each of several. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalledRecordFragment, RecordMomentsQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { nameOf, pathOf } from './called.ts';
import { useListedCodes } from './listed-codes.ts';
import { productOfGoneLine, productOfLine, recordsIn } from './moments.ts';
import {
  isEmpty,
  isPrice,
  keysOf,
  measureOf,
  nameAt,
  partsWithin,
  shownParts,
  type NamedPart,
} from './plain-values.ts';
import type { CalledRecords } from './use-called.ts';
import './records.css';

type Node = NonNullable<RecordMomentsQuery['node']>;
export type HeldField = Extract<Node, { readonly fields: unknown }>['fields'][number];

/** A code of a system, and what it is called there. */
export interface NamedCode {
  readonly field: string;
  readonly code: string;
  readonly name: string;
  /** The record that it names. */
  readonly recordId?: string | null;
}

interface Meaning {
  readonly records: CalledRecords;
  /** Of amounts that do not say it themselves. */
  readonly currency?: string | undefined;
  readonly codes?: readonly NamedCode[];
  /** The lines of the record, so that what is told by their keys is told by their products. */
  readonly lines?: unknown;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const day = /^\d{4}-\d\d-\d\d$/;
const longLength = 160;

export function HeldValue({
  field: { path, parts },
  value,
  ...meaning
}: Meaning & {
  readonly field: Pick<HeldField, 'path' | 'parts'>;
  readonly value: unknown;
}) {
  const show = useShow(meaning);
  const name = nameAt(path);
  if (!Array.isArray(value)) return <>{show({ value, name, parts, currency: meaning.currency })}</>;
  if (value.length === 0) return <>–</>;
  return (
    <ul className="moment-list">
      {value.map((each, i) => (
        <li key={i}>{show({ value: each, name, parts, currency: meaning.currency })}</li>
      ))}
    </ul>
  );
}

interface Held {
  readonly value: unknown;
  readonly name: string;
  readonly parts: readonly NamedPart[];
  readonly currency: string | undefined;
}

function useShow({ records, codes = [], lines }: Meaning): (held: Held) => ReactNode {
  const { t } = useTranslation();
  const { t: ofRecords } = useTranslation('records');
  const formats = useFormats();
  const wordOf = useWords();
  const listed = useListedCodes();
  const isNamed = (id: string): boolean => codes.some(({ code }) => code === id);
  const text = (value: string, name: string, currency: string | undefined): ReactNode => {
    const [id] = recordsIn(value);
    if (id !== undefined) return <Called record={records.get(id)} />;
    const called = codes.find(({ field, code }) => field === name && code === value);
    const record = records.get(called?.recordId ?? '');
    if (record !== undefined) return <Called record={record} />;
    if (called !== undefined) return <span title={value}>{called.name}</span>;
    if (instant.test(value)) return formats.moment(value);
    // At noon it is that day wherever the reader is.
    if (day.test(value)) return formats.day(`${value}T12:00:00`);
    const measure = measureOf(name, value);
    if (measure === 'money' && currency !== undefined) return formats.money({ amount: value, currency });
    if (measure === 'percent') return formats.percent(Number(value) / 100);
    if (measure !== undefined) return formats.number(value);
    // What is no word of the hub may be a code of a system.
    const word = wordOf(name, value);
    const listedName = word === undefined ? listed(name, value) : undefined;
    return listedName === undefined ? (word ?? <Folded text={value} />) : <span title={value}>{listedName}</span>;
  };
  const show = ({ value, name, parts, currency }: Held): ReactNode => {
    if (isEmpty(value)) return '–';
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    if (typeof value === 'string') return text(value, name, currency);
    if (typeof value === 'number') return listed(name, String(value)) ?? formats.number(value);
    if (Array.isArray(value))
      return value.map((each, i) => (
        <span key={i}>
          {i > 0 && '; '}
          {show({ value: each, name, parts, currency })}
        </span>
      ));
    if (typeof value !== 'object' || value === null) return null;
    if (!isPrice(value))
      return (
        <>
          <LineOf part={value} lines={lines} records={records} />
          <Inside {...{ value, parts, currency, show, isNamed }} />
        </>
      );
    const money = formats.money(value);
    return typeof value.taxIncluded === 'boolean'
      ? ofRecords(value.taxIncluded ? 'withVat' : 'withoutVat', { money })
      : money;
  };
  return show;
}

/** The pages whose records have words of their own. */
const pageWords = ['products', 'orders', 'customers'] as const;

/** Words and names of what is no text of people; undefined for everything else. */
function useWords(): (name: string, value: string) => string | undefined {
  // The page does not wait for words of other pages: until they are there a code stands as it is.
  const { t, i18n } = useTranslation(['common', ...pageWords], { useSuspense: false });
  const formats = useFormats();
  const say = (key: string, values = {}): string => t(key as never, { ns: pageWords as never, ...values });
  return (name, value) => {
    if (/country$/i.test(name) && /^[A-Z]{2}$/.test(value)) return formats.country(value);
    if (/currency$/i.test(name) && /^[A-Z]{3}$/.test(value))
      return new Intl.DisplayNames(i18n.language, { type: 'currency' }).of(value);
    if (name === 'language' && /^[a-z]{2}$/.test(value))
      return new Intl.DisplayNames(i18n.language, { type: 'language' }).of(value);
    if (name === 'paymentTerm' && /^\d{1,4}$/.test(value) && i18n.exists('inDays', { ns: pageWords, count: 0 }))
      return say('inDays', { count: Number(value), number: formats.number(value) });
    const key = keysOf(name, value).find((each) => i18n.exists(each, { ns: pageWords }));
    return key === undefined ? undefined : say(key);
  };
}

interface InsideProps {
  readonly value: object;
  readonly parts: readonly NamedPart[];
  readonly currency: string | undefined;
  readonly show: (held: Held) => ReactNode;
  readonly isNamed: (id: string) => boolean;
}

function Inside({ value, parts, currency, show, isNamed }: InsideProps) {
  const { colon } = useFormats();
  const held = shownParts(value, parts, isNamed);
  const its = 'currency' in value && typeof value.currency === 'string' ? value.currency : currency;
  // A code with its value says by itself what it is.
  const isPair = held.length === 2 && 'code' in value && 'value' in value;
  return held.map(([name, each], i) => {
    const inner = partsWithin(parts, name);
    // Of a part that only gathers others these are named.
    const isGathering = inner.length > 0 && typeof each === 'object' && !Array.isArray(each);
    return (
      <span key={name}>
        {i > 0 && (isPair ? colon : ' · ')}
        {!isPair && !isGathering && (
          <span className="muted">
            {parts.find(({ path }) => path === name)?.label ?? name}
            {colon}
          </span>
        )}
        {show({ value: each, name, parts: inner, currency: its })}
      </span>
    );
  });
}

interface LineOfProps {
  readonly part: object;
  readonly lines: unknown;
  readonly records: CalledRecords;
}

/** Of what is told by the key of a line (deliveries): the product of the line, or of one that is gone. */
function LineOf({ part, lines, records }: LineOfProps) {
  const { t } = useTranslation('records');
  const key = 'key' in part && !('variant' in part) ? part.key : undefined;
  const gone = productOfGoneLine(key);
  const product = gone ?? productOfLine(lines, key);
  if (product === undefined) return null;
  return (
    <>
      <Called record={records.get(product)} />
      {gone !== undefined && <span className="muted"> ({t('lineGone')})</span>}
      {' · '}
    </>
  );
}

function Called({ record }: { readonly record: CalledRecordFragment | undefined }) {
  const { t } = useTranslation('records');
  const name = record === undefined ? null : nameOf(record);
  if (record === undefined || name === null) return <span className="muted">{t('unnamed')}</span>;
  const path = pathOf(record);
  return path === null ? (
    name
  ) : (
    <Anchor component={Link} to={path} size="sm">
      {name}
    </Anchor>
  );
}

/** A long text stays folded: what matters first is which fields there are. */
function Folded({ text }: { readonly text: string }) {
  if (text.length <= longLength) return text;
  return (
    <details>
      <summary>{text.slice(0, longLength)}…</summary>
      {text}
    </details>
  );
}
