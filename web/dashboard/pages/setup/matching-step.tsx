/** Step 5: whether both systems know the same products and customers, in real numbers, with lists of what only one of them has. */
import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import type { StepProps } from './steps.ts';
import { Looked, TrialRun, type TrialShown } from './trial-run.tsx';

export function MatchingStep({ state, onDone }: StepProps) {
  const { t } = useTranslation('setup');
  return (
    <Stack gap="md">
      <Text size="sm">{t('matchingText')}</Text>
      <TrialRun state={state}>
        {(trial) => (
          <Stack gap="lg">
            <Looked trial={trial} />
            {trial.matches.length === 0 && <Text size="sm">{t('nothingToMatch')}</Text>}
            {trial.matches.map((match) => (
              <Match key={match.entityType} match={match} />
            ))}
          </Stack>
        )}
      </TrialRun>
      {state.done.matching && (
        <div>
          <Button onClick={onDone}>{t('next')}</Button>
        </div>
      )}
    </Stack>
  );
}

type MatchShown = TrialShown['matches'][number];

function Match({ match: { entityType, matched, sides } }: { readonly match: MatchShown }) {
  const { t } = useTranslation('setup');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const what = kinds(`entities.${entityType}`);
  const [one, other] = sides;
  const total = matched + (one?.onlyHere ?? 0) + (other?.onlyHere ?? 0);
  const by = entityType === 'PRODUCT' ? t('bySku') : t('byEmail');
  const parts = [
    { name: t('inBoth'), count: matched, color: 'var(--koppel-ok)' },
    ...sides.map(({ system, onlyHere }, i) => ({
      name: t('onlyIn', { system: system?.name ?? '' }),
      count: onlyHere,
      color: i === 0 ? 'var(--koppel-pending)' : 'var(--koppel-retrying)',
    })),
  ];
  return (
    <Stack gap={6} component="section" aria-label={what}>
      <Title order={3} size="h5">
        {what.charAt(0).toUpperCase() + what.slice(1)}{' '}
        <Text span size="sm" className="muted" fw={400}>
          {by}
        </Text>
      </Title>
      <Bar parts={parts} total={total} />
      <Table withRowBorders={false} verticalSpacing={2} style={{ width: 'auto', alignSelf: 'flex-start' }}>
        <Table.Tbody>
          {parts.map(({ name, count, color }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                <span aria-hidden="true" style={{ color }}>
                  ■
                </span>{' '}
                {name}
              </Table.Th>
              <Table.Td ta="right">{formats.number(count)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {sides.map((side) => (
        <Examples key={side.system?.id ?? ''} side={side} />
      ))}
    </Stack>
  );
}

/** Parts of a whole on one line; the numbers stand beside it. */
export function Bar({
  parts,
  total,
}: {
  readonly parts: readonly { readonly name: string; readonly count: number; readonly color: string }[];
  readonly total: number;
}) {
  return (
    <div
      aria-hidden="true"
      style={{ display: 'flex', height: 14, maxWidth: 520, gap: 2, borderRadius: 4, overflow: 'hidden' }}
    >
      {total === 0 && <span style={{ flex: 1, background: 'var(--mantine-color-default-border)' }} />}
      {parts
        .filter(({ count }) => count > 0)
        .map(({ name, count, color }) => (
          <span key={name} title={name} style={{ flexGrow: count, minWidth: 4, background: color }} />
        ))}
    </div>
  );
}

function Examples({ side }: { readonly side: MatchShown['sides'][number] }) {
  const { t } = useTranslation('setup');
  const formats = useFormats();
  const [shown, setShown] = useState<'only' | 'notNumeric' | null>(null);
  const name = side.system?.name ?? '';
  const lists = [
    { key: 'only', count: side.onlyHere, rows: side.onlyHereExamples, word: t('onlyIn', { system: name }) },
    {
      key: 'notNumeric',
      count: side.notNumeric,
      rows: side.notNumericExamples,
      word: t('notNumericIn', { system: name }),
    },
  ] as const;
  const open = lists.find(({ key }) => key === shown);
  return (
    <>
      <Group gap="xs">
        {lists
          .filter(({ count }) => count > 0)
          .map(({ key, count, word }) => (
            <Button
              key={key}
              size="compact-sm"
              variant="subtle"
              aria-expanded={shown === key}
              onClick={() => setShown(shown === key ? null : key)}
            >
              {word}
              {formats.colon}
              {formats.number(count)}
            </Button>
          ))}
      </Group>
      {open !== undefined && (
        <Table.ScrollContainer minWidth={0} maxHeight={320}>
          <Table verticalSpacing={2}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('code')}</Table.Th>
                <Table.Th scope="col">{t('recordName')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {open.rows.map(({ key, label }) => (
                <Table.Tr key={key}>
                  <Table.Td>{key}</Table.Td>
                  <Table.Td>{label}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {open.rows.length < open.count && (
            <Text size="sm" className="muted">
              {t('firstOf', { number: formats.number(open.rows.length), all: formats.number(open.count) })}
            </Text>
          )}
        </Table.ScrollContainer>
      )}
    </>
  );
}
