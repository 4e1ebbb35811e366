/** Step 7: what each flow would do with what was read; nothing is written. The first records can be opened. */
import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { Shape, type Tone } from '../../parts/status.tsx';
import { HeldValue } from '../records/moment-value.tsx';
import { Shown } from '../records/shown.tsx';
import { useCalled } from '../records/use-called.ts';
import { Bar } from './matching-step.tsx';
import type { StepProps } from './steps.ts';
import { Looked, TrialRun, type TrialShown } from './trial-run.tsx';

type FlowTried = TrialShown['flows'][number];
type Operation = FlowTried['outcomes'][number]['operation'];

const operations = ['CREATE', 'MATCH', 'UPDATE', 'NO_CHANGE', 'EXCLUDE', 'BLOCK', 'FAIL'] as const;
const looks: Readonly<Record<Operation, { readonly tone: Tone; readonly color: string }>> = {
  CREATE: { tone: 'ok', color: 'var(--koppel-ok)' },
  MATCH: { tone: 'ok', color: 'var(--koppel-pending)' },
  UPDATE: { tone: 'pending', color: 'var(--mantine-color-cyan-6)' },
  NO_CHANGE: { tone: 'excluded', color: 'var(--koppel-quiet)' },
  EXCLUDE: { tone: 'excluded', color: 'var(--mantine-color-default-border)' },
  BLOCK: { tone: 'blocked', color: 'var(--koppel-blocked)' },
  FAIL: { tone: 'failed', color: 'var(--koppel-failed)' },
};

export function TrialStep({ state, onDone }: StepProps) {
  const { t } = useTranslation('setup');
  return (
    <Stack gap="md">
      <Text size="sm">{t('trialText')}</Text>
      <TrialRun state={state}>
        {(trial) => (
          <Stack gap="lg">
            <Looked trial={trial} />
            {trial.flows.map((tried) => (
              <Tried key={tried.flow?.id ?? ''} tried={tried} />
            ))}
          </Stack>
        )}
      </TrialRun>
      {state.done.trial && (
        <div>
          <Button onClick={onDone}>{t('next')}</Button>
        </div>
      )}
    </Stack>
  );
}

/** What one flow would do. */
export function Tried({ tried }: { readonly tried: FlowTried }) {
  const { t } = useTranslation('setup');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const { flow, outcomes, causes, samples } = tried;
  const entities = [...new Set(outcomes.map(({ entityType }) => entityType))];
  const parts = operations.map((operation) => ({
    name: operation,
    count: outcomes.filter((each) => each.operation === operation).reduce((sum, { count }) => sum + count, 0),
    color: looks[operation].color,
  }));
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <Stack gap={6} component="section" aria-label={flow?.name ?? ''}>
      <Title order={3} size="h5">
        {flow?.name}
      </Title>
      <Bar parts={parts} total={total} />
      {entities.map((entity) => (
        <Group gap="md" key={entity}>
          {entities.length > 1 && <Text size="sm">{kinds(`entities.${entity}`)}</Text>}
          {outcomes
            .filter(({ entityType }) => entityType === entity)
            .map(({ operation, count }) => (
              <span className="status" key={operation}>
                <Shape tone={looks[operation].tone} />
                <span>
                  {t(`outcome_${operation}`)}
                  {formats.colon}
                  {formats.number(count)}
                </span>
              </span>
            ))}
        </Group>
      ))}
      {total === 0 && (
        <Text size="sm" className="muted">
          {t('nothingToDo')}
        </Text>
      )}
      {causes.map(({ message, count }) => (
        <Text size="sm" key={message}>
          {formats.number(count)} × {message}
        </Text>
      ))}
      {samples.length > 0 && (
        <>
          <div>
            <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t('samples', { number: formats.number(samples.length) })}
            </Button>
          </div>
          {isOpen && <Samples samples={samples} />}
        </>
      )}
    </Stack>
  );
}

function Samples({ samples }: { readonly samples: FlowTried['samples'] }) {
  const { t } = useTranslation('setup');
  const { t: common } = useTranslation();
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('record')}</Table.Th>
            <Table.Th scope="col">{t('would')}</Table.Th>
            <Table.Th scope="col">
              <span style={{ position: 'absolute', clipPath: 'inset(50%)' }}>{common('open')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {samples.map((sample, index) => [
            <Table.Tr key={`${index} row`}>
              <Table.Th scope="row" fw={400}>
                <Shown text={sample.label} />
              </Table.Th>
              <Table.Td>
                <span className="status">
                  <Shape tone={looks[sample.operation].tone} />
                  {t(`outcome_${sample.operation}`)}
                </span>
                {sample.reason !== null && <Text size="sm">{sample.reason}</Text>}
              </Table.Td>
              <Table.Td>
                {sample.changes.length > 0 && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-expanded={opened === index}
                    aria-label={t('openWhat', { name: sample.label })}
                    onClick={() => setOpened(opened === index ? null : index)}
                  >
                    {opened === index ? common('close') : common('open')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>,
            opened === index && (
              <Table.Tr key={`${index} changes`}>
                <Table.Td colSpan={3}>
                  <Changes changes={sample.changes} />
                </Table.Td>
              </Table.Tr>
            ),
          ])}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Changes({ changes }: { readonly changes: FlowTried['samples'][number]['changes'] }) {
  const { t } = useTranslation('setup');
  const records = useCalled(changes.flatMap(({ before, after }) => [before, after]));
  return (
    <Table verticalSpacing={2} withRowBorders={false}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('field')}</Table.Th>
          <Table.Th scope="col">{t('now')}</Table.Th>
          <Table.Th scope="col">{t('then')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ path, label, parts, codes, before, after }) => (
          <Table.Tr key={path}>
            <Table.Th scope="row" fw={400} title={path}>
              {label ?? path}
            </Table.Th>
            {[before, after].map((value, i) => (
              <Table.Td key={i} style={{ overflowWrap: 'anywhere' }}>
                <HeldValue field={{ path, parts }} value={value} records={records} codes={codes} />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
