/** What the write guard holds of a run: how many of which kind, ten of them with before and after, and the two ways to end it. */
import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { HeldReleaseDocument, type HeldHoldFragment } from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { recordPath } from '../../parts/record-paths.ts';
import { Shape } from '../../parts/status.tsx';
import { told } from '../../parts/told.ts';
import { useMayOperate } from '../flows/actions.tsx';
import { Shown } from '../records/shown.tsx';
import { HeldValue, useUnits } from './held-value.tsx';

export interface HeldProps {
  readonly runId: string;
  readonly hold: HeldHoldFragment;
  /** Names of the systems between which the flow goes. */
  readonly source: string;
  readonly target: string;
}

export function HeldRun({ runId, hold, source, target }: HeldProps) {
  const { t } = useTranslation('held');
  const formats = useFormats();
  const isOpen = hold.endedAt == null;
  const mayOperate = useMayOperate();
  /** Whether what is held is to be sent. The dialog stays with what is entered there when the hold ends meanwhile. */
  const [isApproved, setApproved] = useState(true);
  const [isAsked, setAsked] = useState(false);
  const ask = (what: boolean): void => {
    setApproved(what);
    setAsked(true);
  };
  return (
    <Stack gap="sm">
      {isOpen ? (
        <Group gap={6} wrap="nowrap">
          <span style={{ flexShrink: 0 }}>
            <Shape tone="paused" />
          </span>
          <Text size="sm" fw={600}>
            {t('holds', { count: hold.affectedCount, number: formats.number(hold.affectedCount) })}
          </Text>
        </Group>
      ) : (
        <Text size="sm">
          {t(`ended.${hold.ending!}`)} <Moment at={hold.endedAt!} />
          {hold.note != null && ` “${hold.note}”`}
        </Text>
      )}
      <Text size="sm">
        {hold.reason} {isOpen && t('goesOn')}
      </Text>
      <Text size="sm" className="muted">
        {t('since')} <Moment at={hold.heldAt} />
      </Text>
      <Kinds hold={hold} />
      {isOpen && mayOperate && hold.affectedCount > 0 && (
        <Group gap="xs">
          <Button variant="light" onClick={() => ask(true)}>
            {t('release')}
          </Button>
          <Button variant="default" onClick={() => ask(false)}>
            {t('drop', { target })}
          </Button>
        </Group>
      )}
      <EndHold {...{ runId, hold, source, target, isApproved }} isOpen={isAsked} onClose={() => setAsked(false)} />
      {hold.samples.length > 0 && <Samples hold={hold} target={target} />}
    </Stack>
  );
}

function Kinds({ hold: { affected } }: Pick<HeldProps, 'hold'>) {
  const { t } = useTranslation('held');
  const formats = useFormats();
  return (
    <Table aria-label={t('kindHead')} maw={420}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('kindHead')}</Table.Th>
          <Table.Th scope="col" style={{ textAlign: 'right' }}>
            {t('countHead')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {affected.map(({ kind, count }) => (
          <Table.Tr key={kind}>
            <Table.Td>{t(`kind.${kind}`)}</Table.Td>
            <Table.Td style={{ textAlign: 'right' }}>{formats.number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Samples({ hold: { samples }, target }: Pick<HeldProps, 'hold' | 'target'>) {
  const { t } = useTranslation('held');
  const units = useUnits(samples);
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table
        aria-label={t('samples')}
        layout="fixed"
        captionSide="top"
        style={{ overflowWrap: 'anywhere', hyphens: 'auto' }}
      >
        <Table.Caption>{t('samples')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('record')}</Table.Th>
            <Table.Th scope="col">{t('field')}</Table.Th>
            <Table.Th scope="col">{t('change', { target })}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {samples.flatMap(({ entityType, entityId, label, kind, changes }) =>
            (changes.length === 0 ? [null] : changes).map((change, index) => (
              <Table.Tr key={`${entityId} ${change?.path ?? ''}`}>
                <Table.Th scope="row" className="value">
                  {index === 0 && (
                    <Anchor component={Link} to={recordPath(entityType, entityId)} size="sm">
                      {label ?? entityId}
                    </Anchor>
                  )}
                </Table.Th>
                <Table.Td className="value">{change === null ? t(`kind.${kind}`) : nameOf(change)}</Table.Td>
                <Table.Td className="value">
                  {change === null ? (
                    <Shown text="•••" />
                  ) : (
                    <>
                      <HeldValue value={change.before} kind={kind} unit={units.get(entityId)} /> →{' '}
                      <HeldValue value={change.after} kind={kind} unit={units.get(entityId)} />
                    </>
                  )}
                </Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const nameOf = ({ field, path, item }: HeldHoldFragment['samples'][number]['changes'][number]): string =>
  item == null ? (field ?? path) : `${field ?? path} (${item})`;

function EndHold({
  runId,
  hold: { affectedCount },
  source,
  target,
  isApproved,
  isOpen,
  onClose,
}: HeldProps & { readonly isApproved: boolean; readonly isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation('held');
  const formats = useFormats();
  const [reason, setReason] = useState('');
  const end = useCommand(HeldReleaseDocument);
  const close = (): void => {
    setReason('');
    end.forget();
    onClose();
  };
  const confirm = async (): Promise<void> => {
    const why = reason.trim() === '' ? null : reason.trim();
    try {
      await end.run({ input: { runId, isApproved, reason: why } });
      close();
      told(t(isApproved ? 'released' : 'dropped'));
    } catch {
      // The dialog shows it.
    }
  };
  const number = formats.number(affectedCount);
  return (
    <Confirm
      title={t(isApproved ? 'releaseTitle' : 'dropTitle')}
      action={t(isApproved ? 'releaseDo' : 'dropDo')}
      isOpen={isOpen}
      isRunning={end.isRunning}
      error={end.error}
      onConfirm={() => void confirm()}
      onClose={close}
    >
      <Stack gap="sm">
        <Text size="sm">
          {isApproved
            ? t('releaseEffect', { count: affectedCount, number, target })
            : t('dropEffect', { count: affectedCount, number, target, source })}
        </Text>
        <ReasonField label={t('why')} description={t('whyHint')} value={reason} onReason={setReason} />
      </Stack>
    </Confirm>
  );
}
