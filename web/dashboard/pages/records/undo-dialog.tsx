/** Taking one change back: the plan first (what is put back and where, what is left alone, what cannot be), then a reason, then it is done. */
import { Button, Group, Modal, Stack, Table, Text, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError, useAsk, useCommand } from '../../api/hooks.ts';
import { RecordNamesDocument, UndoPlanDocument, UndoStartDocument, type UndoPlanQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { told } from '../../parts/told.ts';
import { HeldValue, type HeldField } from './moment-value.tsx';
import { recordsIn } from './moments.ts';

type Plan = NonNullable<UndoPlanQuery['undoPlan']>;
type Item = Plan['items'][number];

export interface Undone {
  readonly id: string;
  /** When the change was made, in words. */
  readonly moment: string;
}

interface UndoProps {
  readonly undone: Undone;
  readonly fields: readonly HeldField[];
  onClose(): void;
}

export function UndoDialog({ undone, fields, onClose }: UndoProps) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const asked = useAsk(UndoPlanDocument, { selection: { eventIds: [undone.id] } });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('undoTitle', { moment: undone.moment })}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <Answer of={asked}>
        {({ undoPlan }) =>
          undoPlan == null ? (
            <Nothing kind="matches" title={t('undoGone')} />
          ) : (
            <Planned
              plan={undoPlan}
              undone={undone}
              fields={fields}
              onClose={onClose}
              onOutdated={() => void asked.refetch()}
            />
          )
        }
      </Answer>
    </Modal>
  );
}

function Planned({
  plan,
  undone,
  fields,
  onClose,
  onOutdated,
}: UndoProps & { readonly plan: Plan; onOutdated(): void }) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const [reason, setReason] = useState('');
  const start = useCommand(UndoStartDocument, []);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const input = { selection: { eventIds: [undone.id] }, planHash: plan.planHash, reason: reason.trim() };
    try {
      await start.run({ input });
      told(t('undoStarted'));
      onClose();
    } catch (thrown) {
      // The dialog shows it, with the plan as it is now.
      if (thrown instanceof RefusedError) onOutdated();
    }
  }
  const of = (wanted: Item['disposition']): readonly Item[] =>
    plan.items.filter(({ disposition }) => disposition === wanted);
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <PutBack items={of('REVERSE')} fields={fields} />
        <LeftAlone
          items={of('SKIP_CHANGED_SINCE')}
          fields={fields}
          title={t('undoSkipped')}
          hint={t('undoSkippedHint')}
        />
        <LeftAlone items={of('IRREVERSIBLE')} fields={fields} title={t('undoImpossible')} />
        {start.error !== null && <Failure error={start.error} />}
        {plan.reversible > 0 && (
          <ReasonField
            label={t('reason')}
            description={t('undoReasonHint')}
            value={reason}
            onReason={setReason}
            required
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {plan.reversible > 0 ? common('cancel') : common('close')}
          </Button>
          {plan.reversible > 0 && (
            <Button type="submit" loading={start.isRunning} disabled={reason.trim() === ''}>
              {t('undoAction', { count: plan.reversible })}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

const fieldOf = (fields: readonly HeldField[], path: string): HeldField =>
  fields.find((field) => field.path === path) ?? { path, label: path, parts: [], value: null };

function PutBack({ items, fields }: { readonly items: readonly Item[]; readonly fields: readonly HeldField[] }) {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const changes = items.flatMap((item) => item.changes);
  const ids = [...new Set(changes.flatMap(({ before, after }) => [...recordsIn(before), ...recordsIn(after)]))];
  const { data } = useAsk(RecordNamesDocument, { ids }, { isOff: ids.length === 0 });
  const records = new Map((data?.nodes ?? []).flatMap((node) => (node == null ? [] : [[node.id, node] as const])));
  if (changes.length === 0) return null;
  const systems = [...new Set(items.flatMap((item) => item.systems.map(({ name }) => name)))];
  return (
    <div>
      <Title order={3} size="sm">
        {t('undoReversed')}
      </Title>
      <Table aria-label={t('undoReversed')} layout="fixed" className="moments" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('field')}</Table.Th>
            <Table.Th scope="col">{t('undoNow')}</Table.Th>
            <Table.Th scope="col">{t('undoFormer')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ path, before, after }) => {
            const field = fieldOf(fields, path);
            return (
              <Table.Tr key={path}>
                <Table.Th scope="row">{field.label}</Table.Th>
                <Table.Td>
                  <HeldValue field={field} value={before} records={records} />
                </Table.Td>
                <Table.Td>
                  <HeldValue field={field} value={after} records={records} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Text size="sm" mt="xs">
        {systems.length === 0 ? t('undoOnlyHere') : t('undoTold', { systems: formats.list(systems) })}
      </Text>
    </div>
  );
}

/** Which fields stay as they are, and why. */
function LeftAlone({
  items,
  fields,
  title,
  hint,
}: {
  readonly items: readonly Item[];
  readonly fields: readonly HeldField[];
  readonly title: string;
  readonly hint?: string;
}) {
  const formats = useFormats();
  if (items.length === 0) return null;
  return (
    <div>
      <Title order={3} size="sm">
        {title}
      </Title>
      {items.map(({ message, changes }, i) => (
        <Text key={i} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {changes.length > 0 && (
            <strong>
              {formats.list(changes.map(({ path }) => fieldOf(fields, path).label))}
              {formats.colon}
            </strong>
          )}
          {message ?? hint}
        </Text>
      ))}
    </div>
  );
}
