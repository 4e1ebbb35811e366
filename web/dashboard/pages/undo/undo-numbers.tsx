/** A plan of taking changes back in numbers: records that are put back, left alone or cannot be, which systems are told, and why not. */
import { Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { Shape, type Tone } from '../../parts/status.tsx';
import { Said } from '../problems/said.tsx';
import type { Plan } from './undo-samples.tsx';

export function UndoNumbers({ plan: { records, systems, reasons, warnings } }: { readonly plan: Plan }) {
  const { t } = useTranslation('undo');
  const formats = useFormats();
  const { reversible, changedSince, irreversible, unchanged, judged, total } = records;
  const said = (count: number) => ({ count, number: formats.number(count) });
  const told = systems.flatMap(({ system, records: count }) =>
    system == null ? [] : t('toldSystem', { system: system.name, number: formats.number(count) }),
  );
  return (
    <Stack gap="sm">
      {warnings.length > 0 && (
        <Said tone="failed" title={t('warning')}>
          {warnings.map((warning) => (
            <div key={warning}>{warning}</div>
          ))}
        </Said>
      )}
      <Stack gap={4} component="ul" className="undo-list">
        <Line tone={reversible > 0 ? 'ok' : 'excluded'} isFirst>
          {reversible > 0 ? t('putBack', { ...said(reversible), total: formats.number(total) }) : t('putBackNone')}
        </Line>
        {changedSince > 0 && <Line tone="excluded">{t('changedSince', said(changedSince))}</Line>}
        {irreversible > 0 && <Line tone="blocked">{t('irreversible', said(irreversible))}</Line>}
        {unchanged > 0 && <Line tone="excluded">{t('unchanged', said(unchanged))}</Line>}
      </Stack>
      {judged < total && <Said tone="retrying">{t('notJudged', { judged: formats.number(judged) })}</Said>}
      {reversible > 0 && (
        <Text size="sm">{told.length === 0 ? t('onlyHere') : t('told', { systems: formats.list(told) })}</Text>
      )}
      {reasons.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {t('why')}
          </Text>
          <List size="sm" style={{ overflowWrap: 'anywhere' }}>
            {reasons.map(({ message, records: count }) => (
              <List.Item key={message}>{t('whyCount', { ...said(count), message })}</List.Item>
            ))}
          </List>
        </div>
      )}
    </Stack>
  );
}

function Line({
  tone,
  isFirst = false,
  children,
}: {
  readonly tone: Tone;
  readonly isFirst?: boolean;
  readonly children: string;
}) {
  return (
    <li>
      <Group gap={8} wrap="nowrap" align="baseline">
        <span style={{ flex: 'none' }}>
          <Shape tone={tone} />
        </span>
        <Text size={isFirst ? 'md' : 'sm'} fw={isFirst ? 600 : 400}>
          {children}
        </Text>
      </Group>
    </li>
  );
}
