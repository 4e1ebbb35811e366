/** What went wrong with a record, and the stages of its way until then. */
import { Anchor, Badge, Code, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { StepStatus } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Shape, type Tone } from '../../parts/status.tsx';
import { HeldValue } from '../records/moment-value.tsx';
import { useCalled } from '../records/use-called.ts';
import type { ShownProblem } from './naming.ts';

export function ProblemError({ problem }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const { t: kinds } = useTranslation('kinds');
  const { error, hint, sourcePath, sourceField, value, mapping, attemptCount, firstFailedAt, lastFailedAt } = problem;
  const row = (name: string, content: React.ReactNode) => (
    <Table.Tr key={name}>
      <Table.Th scope="row" w="32%" fw={500}>
        {name}
      </Table.Th>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{content}</Table.Td>
    </Table.Tr>
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={t('whatFailed')}>
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={2}>{t('whatFailed')}</Title>
          <Badge variant="default" tt="none">
            {kinds(`class.${error.classification}`)}
          </Badge>
        </Group>
        <Text style={{ overflowWrap: 'anywhere' }}>{error.message}</Text>
        <Text>→ {hint}</Text>
        <Table verticalSpacing={4} fz="sm" aria-label={t('whatFailed')}>
          <Table.Tbody>
            {error.path != null && row(t('field'), <Place path={error.path} field={error.field} />)}
            {sourcePath != null && row(t('readFrom'), <Place path={sourcePath} field={sourceField} />)}
            {value != null && row(t('value'), <ShownValue problem={problem} />)}
            {error.originalMessage != null && row(t('ownWords'), error.originalMessage)}
            {mapping != null &&
              row(
                t('mapping'),
                <Anchor component={Link} to={`/mappings/${mapping.id}`} size="sm">
                  {mapping.name}
                </Anchor>,
              )}
            {row(t('code'), <Code>{error.code}</Code>)}
            {row(t('firstSeen'), <Moment at={firstFailedAt} />)}
            {row(t('lastSeen'), <Moment at={lastFailedAt} />)}
            {row(t('tries'), attemptCount)}
            <Ended problem={problem} row={row} />
          </Table.Tbody>
        </Table>
      </Stack>
    </Paper>
  );
}

function Ended({
  problem: { status, resolution, resolvedAt, resolvedBy },
  row,
}: {
  readonly problem: ShownProblem;
  row(name: string, content: React.ReactNode): React.ReactNode;
}) {
  const { t } = useTranslation('problems');
  if (status === 'OPEN' || status === 'REPLAYING') return null;
  return (
    <>
      {resolution != null && row(t('resolution'), t(`ended.${resolution}`))}
      {resolvedAt != null && row(t('endedAt'), <Moment at={resolvedAt} />)}
      {row(t('endedBy'), resolvedBy?.name ?? t('byHub'))}
    </>
  );
}

/** In words, with the technical name beside them for rules and programs. */
function Place({ path, field }: { readonly path: string; readonly field?: string | null | undefined }) {
  return (
    <>
      {field != null && `${field} `}
      <Code>{path}</Code>
    </>
  );
}

/** What is made of parts is said in words; as the hub holds it, it stands below. */
function ShownValue({
  problem: { value, valueParts, sourcePath, error },
}: {
  readonly problem: Pick<ShownProblem, 'value' | 'valueParts' | 'sourcePath' | 'error'>;
}) {
  const { t } = useTranslation('problems');
  const records = useCalled([value]);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.includes('•••')) return <span title={t('maskedHint')}>{text}</span>;
  if (typeof value !== 'object') return <Code>{text}</Code>;
  return (
    <>
      <HeldValue field={{ path: sourcePath ?? error.path ?? '', parts: valueParts }} value={value} records={records} />
      <details>
        <summary>{t('rawValue')}</summary>
        <Code block tabIndex={0} style={{ maxHeight: 320, overflow: 'auto' }}>
          {JSON.stringify(value, null, 2)}
        </Code>
      </details>
    </>
  );
}

const tones: Readonly<Record<StepStatus, Tone>> = {
  WAITING: 'pending',
  RUNNING: 'pending',
  SUCCEEDED: 'ok',
  SKIPPED: 'excluded',
  FAILED: 'failed',
};

export function ProblemJourney({ problem: { journey } }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  if (journey.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('journey')}>
      <Title order={2} mb="sm">
        {t('journey')}
      </Title>
      <ol style={{ listStyle: 'none', padding: 0, margin: 0, display: 'grid', gap: 10 }}>
        {journey.map(({ stage, status, message, durationMs, startedAt }, i) => (
          <li key={i}>
            <Group gap={8} wrap="nowrap" align="baseline">
              <Shape tone={tones[status]} />
              <Text fw={600} size="sm">
                {kinds(`stage.${stage}`)}
              </Text>
              <Text size="sm" className="muted">
                {t(`step.${status}`)}
                {durationMs != null && ` · ${formats.duration(durationMs)}`}
              </Text>
              {startedAt != null && (
                <Text size="sm" className="muted" ml="auto" visibleFrom="xs">
                  <Moment at={startedAt} isExact />
                </Text>
              )}
            </Group>
            {message != null && (
              <Text size="sm" pl={20} lineClamp={3} title={message} style={{ overflowWrap: 'anywhere' }}>
                {message}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Paper>
  );
}
