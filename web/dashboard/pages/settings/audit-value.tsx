/** A value that an entry of the audit notes, for people: words for codes, names for keys, a link for what has a page. Long values open on demand. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { MarkerWords } from '../position/marker.tsx';
import { useKeyNames } from '../records/key-names.ts';

type Json = unknown;

/** Longer values are opened by who wants to read them. */
const longest = 80;
const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const ownId = /^[a-z]{3}_[0-9A-Z]{26}$/;

/** Words for what the hub keeps as a code: of which page they are, and under which name. */
const wordsOf: Readonly<Record<string, string>> = {
  role: 'kinds:role.',
  scopes: 'settings:scope_',
  severity: 'alerts:severity.',
  'AlertRule kind': 'alerts:kind.',
  resolution: 'problems:ended.',
  types: 'orders:type.',
  documentType: 'orders:type.',
  policy: 'conflicts:rule.',
};
/** Of what the key is. */
const keysOf: ReadonlySet<string> = new Set(['flow', 'flows', 'system', 'systems', 'takeFrom', 'owner']);
/** Ids of what has a page. */
const pages: Readonly<Record<string, string>> = { job: '/jobs/', comparison: '/comparisons/' };

interface Props {
  readonly name: string;
  readonly value: Json;
  /** Kind of what the entry is about; the same name can mean another thing there. */
  readonly about: string | null;
}

export function AuditValue({ name, value, about }: Props): ReactNode {
  const { t, i18n } = useTranslation(['settings', 'alerts', 'kinds', 'problems', 'orders', 'conflicts', 'flows']);
  const formats = useFormats();
  const nameOfKey = useKeyNames();
  const last = name.slice(name.lastIndexOf('.') + 1);
  const wordOf = (code: string, of = last): string => {
    if (keysOf.has(of)) return nameOfKey(code);
    const beginning = wordsOf[`${about} ${of}`] ?? wordsOf[of];
    const key = `${beginning}${code}`;
    return beginning !== undefined && i18n.exists(key) ? t(key as never) : code;
  };
  if (value === null || value === undefined || value === '') return <i>{t('auditNothing')}</i>;
  if (typeof value === 'string' && moment.test(value)) return <Moment at={value} isExact />;
  if (typeof value === 'boolean') return t(value ? 'auditYes' : 'auditNo');
  if (typeof value === 'number') return formats.number(value);
  if (about === 'Flow' && last === 'to' && typeof value === 'string') return <Position text={value} />;
  if (last === 'owners' && Array.isArray(value)) return value.map((each) => ownerIn(each, wordOf)).join('; ');
  if (typeof value === 'string' && pages[last] !== undefined && ownId.test(value)) {
    return (
      <Anchor component={Link} to={`${pages[last]}${value}`} size="xs">
        {t('open', { ns: 'common' })}
      </Anchor>
    );
  }
  // Nobody knows a thing by its id: how many there are says more.
  if (Array.isArray(value) && value.length > 0 && value.every((each) => ownId.test(String(each))))
    return formats.number(value.length);
  const isPlain =
    typeof value !== 'object' || (Array.isArray(value) && value.every((each) => typeof each !== 'object'));
  const text = Array.isArray(value) && isPlain ? value.map((each) => wordOf(String(each))).join(', ') : typeof value === 'object' ? JSON.stringify(value, null, 2) : wordOf(String(value)); // prettier-ignore
  if (isPlain && text.length <= longest) return text === '' ? <i>{t('auditNothing')}</i> : text;
  return (
    <details>
      <summary>{t('auditMore')}</summary>
      <pre style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{text}</pre>
    </details>
  );
}

/** `email: whoever changed it last`. */
function ownerIn(owner: Json, wordOf: (code: string, of: string) => string): string {
  const { field, policy, owner: key } = owner as Readonly<Record<string, string | null>>;
  const rule = typeof key === 'string' ? wordOf(key, 'owner') : wordOf(String(policy).toUpperCase(), 'policy');
  return `${field} – ${rule}`;
}

/** Where a flow was told to read on. */
function Position({ text }: { readonly text: string }) {
  const { t } = useTranslation('flows');
  const to: Json = parsed(text);
  if (typeof to === 'object' && to !== null && 'marker' in to && typeof to.marker === 'string')
    return <MarkerWords marker={to.marker} />;
  const place = ({ beginning: 'BEGINNING', now: 'NOW', here: 'HERE' } as const)[String(to) as 'now'];
  return place === undefined ? text : t(`place.${place}`);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
