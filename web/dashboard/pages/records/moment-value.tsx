/** A value as a record holds it, for people: names for ids, words for states, one line for each of several. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalledRecordFragment, RecordMomentsQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { nameOf, pathOf } from './called.ts';
import { recordsIn } from './moments.ts';

type Node = NonNullable<RecordMomentsQuery['node']>;
export type HeldField = Extract<Node, { readonly fields: unknown }>['fields'][number];
export type CalledRecords = ReadonlyMap<string, CalledRecordFragment>;

/** Where the pages have words for what a field can be, when not under the field's own name. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  status: ['status', 'document'],
  paymentStatus: ['payment'],
  fulfillmentStatus: ['fulfillment'],
};
/** Keys by which the systems tell lines apart. */
const unshown = 'key';
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const longLength = 160;

export function HeldValue({
  field: { path, parts },
  value,
  records,
}: {
  readonly field: HeldField;
  readonly value: unknown;
  readonly records: CalledRecords;
}) {
  const show = useShow(path, records);
  if (!Array.isArray(value)) return <>{show(value, parts)}</>;
  if (value.length === 0) return <>–</>;
  return (
    <ul className="moment-list">
      {value.map((each, i) => (
        <li key={i}>{show(each, parts)}</li>
      ))}
    </ul>
  );
}

type Parts = HeldField['parts'];

function useShow(path: string, records: CalledRecords): (value: unknown, parts: Parts) => ReactNode {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const text = (value: string): ReactNode => {
    const [id] = recordsIn(value);
    if (id !== undefined) return <Called record={records.get(id)} />;
    if (instant.test(value)) return formats.moment(value);
    const key = (wordsOf[path] ?? [path]).map((word) => `${word}.${value}`).find((each) => i18n.exists(each, { ns: pageWords })); // prettier-ignore
    return key === undefined ? <Folded text={value} /> : t(key as never, { ns: pageWords as never });
  };
  const show = (value: unknown, parts: Parts): ReactNode => {
    if (value === null || value === undefined || value === '') return '–';
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') return formats.number(value);
    if (Array.isArray(value)) return formats.list(value.map(String));
    return <Inside value={value} parts={parts} show={(each) => show(each, [])} />;
  };
  return show;
}

/** Of the pages whose records have words of their own; those of the present page are there. */
const pageWords = ['products', 'orders', 'customers'] as const;

function Inside({
  value,
  parts,
  show,
}: {
  readonly value: object;
  readonly parts: Parts;
  readonly show: (value: unknown) => ReactNode;
}) {
  const held = Object.entries(value).filter(([name, each]) => name !== unshown && each !== null);
  // A code with its value says by itself what it is.
  const isPair = held.length === 2 && 'code' in value && 'value' in value;
  return held.map(([name, each], i) => (
    <span key={name}>
      {i > 0 && (isPair ? ': ' : ' · ')}
      {!isPair && <span className="muted">{parts.find(({ path }) => path === name)?.label ?? name}: </span>}
      {show(each)}
    </span>
  ));
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
