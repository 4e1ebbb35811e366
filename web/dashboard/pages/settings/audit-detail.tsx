/** What an entry of the audit notes, in words: fields with their values before and after, everything else by name. Long values open on demand. */
import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../parts/moment.tsx';
import type { words } from '../../words/known.ts';
import { AuditRules, type NotedRule } from './audit-rules.tsx';

type Noted = keyof (typeof words)['settings']['noted'];
type Json = unknown;

/** Said elsewhere in the row: what it is about, and why. */
const said: ReadonlySet<string> = new Set(['reason', 'mapping', 'valueList', 'changes', 'rules']);
/** Longer values are opened by who wants to read them. */
const longest = 80;

const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const isPair = (value: Json): value is readonly [Json, Json] => Array.isArray(value) && value.length === 2;

export function AuditDetail({
  id,
  detail,
  subjectType,
}: {
  readonly id: string;
  readonly detail: Readonly<Record<string, Json>>;
  readonly subjectType: string | null;
}) {
  const { changes } = detail;
  const changed =
    typeof changes === 'object' && changes !== null ? Object.entries(changes as Readonly<Record<string, Json>>) : [];
  const about = subjectType?.toLowerCase();
  const noted = Object.entries(detail).filter(
    ([name, value]) => !said.has(name) && name !== about && value !== null && String(value) !== '',
  );
  const rules = subjectType === 'Mapping' && Array.isArray(detail['rules']) ? (detail['rules'] as NotedRule[]) : [];
  if (changed.length + noted.length + rules.length === 0) return null;
  return (
    <>
      {rules.length > 0 && <AuditRules id={id} rules={rules} />}
      <dl style={{ margin: 0, overflowWrap: 'anywhere' }}>
        {changed.map(([path, pair]) => (
          <Fact key={path} path={path}>
            {isPair(pair) ? (
              <>
                <Value value={pair[0]} /> → <Value value={pair[1]} />
              </>
            ) : (
              <Value value={pair} />
            )}
          </Fact>
        ))}
        {noted.map(([name, value]) => (
          <Fact key={name} path={name}>
            <Value value={value} />
          </Fact>
        ))}
      </dl>
    </>
  );
}

function Fact({ path, children }: { readonly path: string; readonly children: React.ReactNode }) {
  const { t } = useTranslation('settings');
  const name: string = t(`noted.${path.slice(path.lastIndexOf('.') + 1) as Noted}`, { defaultValue: '' });
  return (
    <Text component="div" size="xs" title={path}>
      <Text component="dt" span size="xs" className="muted">
        {name === '' ? <Code fz="xs">{path}</Code> : name}:{' '}
      </Text>
      <dd style={{ display: 'inline', margin: 0 }}>{children}</dd>
    </Text>
  );
}

function Value({ value }: { readonly value: Json }) {
  const { t } = useTranslation('settings');
  if (value === null || value === undefined || value === '') return <i>{t('auditNothing')}</i>;
  if (typeof value === 'string' && moment.test(value)) return <Moment at={value} isExact />;
  if (typeof value === 'boolean') return t(value ? 'auditYes' : 'auditNo');
  const isPlain =
    typeof value !== 'object' || (Array.isArray(value) && value.every((each) => typeof each !== 'object'));
  const text = Array.isArray(value) && isPlain ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value as string | number); // prettier-ignore
  if (isPlain && text.length <= longest) return text === '' ? <i>{t('auditNothing')}</i> : text;
  return (
    <details>
      <summary>{t('auditMore')}</summary>
      <pre style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{text}</pre>
    </details>
  );
}
