/** What an entry of the audit notes, in words: fields with their values before and after, everything else by name. Long values open on demand. */
import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import type { words } from '../../words/known.ts';
import { AuditRules, type NotedRule } from './audit-rules.tsx';
import { AuditValue as Value } from './audit-value.tsx';

type Noted = keyof (typeof words)['settings']['noted'];
type Json = unknown;

/** Said elsewhere in the row: what it is about, and why. */
const said: ReadonlySet<string> = new Set(['reason', 'mapping', 'valueList', 'changes', 'rules']);
/** What is named already as that which the entry is about. */
const namedBy: Readonly<Record<string, string>> = { reconciliation: 'flow' };

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
    ([name, value]) =>
      !said.has(name) && name !== about && name !== namedBy[about ?? ''] && value !== null && String(value) !== '',
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
                <Value name={path} value={pair[0]} about={subjectType} /> →{' '}
                <Value name={path} value={pair[1]} about={subjectType} />
              </>
            ) : (
              <Value name={path} value={pair} about={subjectType} />
            )}
          </Fact>
        ))}
        {noted.map(([name, value]) => (
          <Fact key={name} path={name}>
            <Value name={name} value={value} about={subjectType} />
          </Fact>
        ))}
      </dl>
    </>
  );
}

function Fact({ path, children }: { readonly path: string; readonly children: React.ReactNode }) {
  const { colon } = useFormats();
  const { t } = useTranslation('settings');
  const name: string = t(`noted.${path.slice(path.lastIndexOf('.') + 1) as Noted}`, { defaultValue: '' });
  return (
    <Text component="div" size="xs" title={path}>
      <Text component="dt" size="xs" className="muted" style={{ display: 'inline' }}>
        {name === '' ? <Code fz="xs">{path}</Code> : name}
        {colon}
      </Text>
      <dd style={{ display: 'inline', margin: 0 }}>{children}</dd>
    </Text>
  );
}
