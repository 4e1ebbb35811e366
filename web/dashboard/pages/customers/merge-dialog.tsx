/** Merging two customers: the other one is looked for, both stand side by side with who survives, then what would happen, then why. */
import { Alert, Button, Group, Modal, Radio, Stack, Table, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError, useAsk, useCommand } from '../../api/hooks.ts';
import {
  CustomersMergeDocument,
  CustomersMergePlanDocument,
  type CustomersMergePlanQuery,
  type MergeSideFragment,
} from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { told } from '../../parts/told.ts';
import { Shown } from '../records/shown.tsx';
import { calledApart, shortId } from './called-apart.ts';
import { ChooseOther, type Choosable } from './merge-choice.tsx';

type Plan = NonNullable<CustomersMergePlanQuery['customersMergePlan']>;
type Item = Plan['items'][number];

interface MergeProps {
  readonly customer: Choosable;
  /** The other one, when it is known already. */
  readonly other: string | null;
  onClose(): void;
}

export function MergeDialog({ customer, other: given, onClose }: MergeProps) {
  const { t } = useTranslation('customers');
  const { t: common } = useTranslation();
  const [other, setOther] = useState(given);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('mergeTitle', { name: customer.displayName })}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      {other === null ? (
        <ChooseOther customer={customer} onChoose={setOther} onClose={onClose} />
      ) : (
        <Compared
          customer={customer}
          other={other}
          onBack={given === null ? () => setOther(null) : null}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

interface ComparedProps {
  readonly customer: Choosable;
  readonly other: string;
  /** Null: there was no choice before. */
  readonly onBack: (() => void) | null;
  onClose(): void;
}

function Compared({ customer, other, onBack, onClose }: ComparedProps) {
  const { t } = useTranslation('customers');
  const [survivorId, setSurvivorId] = useState(customer.id);
  const duplicateId = survivorId === customer.id ? other : customer.id;
  const asked = useAsk(CustomersMergePlanDocument, { selection: { survivorId, duplicateIds: [duplicateId] } });
  return (
    <Answer of={asked}>
      {({ customersMergePlan: plan }) => {
        const item = plan?.items[0];
        const sides = [plan?.survivor, item?.customer].filter((side) => side != null);
        if (plan == null || item === undefined || sides.length < 2)
          return <Nothing kind="matches" title={t('mergeGone')} />;
        const [survivor, duplicate] = calledApart(plan.survivor!, item.customer!);
        const inPlace = [customer.id, other].flatMap((id) => sides.filter((side) => side.id === id));
        return (
          <Stack gap="md">
            <Sides sides={inPlace} survivorId={survivorId} onSurvivor={setSurvivorId} />
            <Planned
              plan={plan}
              item={item}
              names={{ survivor, duplicate }}
              isOld={asked.isPlaceholderData}
              onBack={onBack}
              onOutdated={() => void asked.refetch()}
              onClose={onClose}
            />
          </Stack>
        );
      }}
    </Answer>
  );
}

/** What each of the two says; what differs is marked. */
function Sides({
  sides,
  survivorId,
  onSurvivor,
}: {
  readonly sides: readonly MergeSideFragment[];
  readonly survivorId: string;
  onSurvivor(id: string): void;
}) {
  const { t } = useTranslation('customers');
  const addressOf = ({ addresses }: MergeSideFragment): string | null => {
    const found = addresses[0]?.address;
    if (found === undefined) return null;
    return [found.line1, [found.postalCode, found.city].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  };
  const systemsOf = ({ externalReferences }: MergeSideFragment): ReactNode =>
    externalReferences
      .filter(({ entityType }) => entityType === 'CUSTOMER')
      .map(({ system, externalId }) => (
        <div key={`${system?.id} ${externalId}`}>
          {system?.name ?? '–'} <span className="muted">{shortId(externalId)}</span>
        </div>
      ));
  const rows: readonly (readonly [name: string, of: (side: MergeSideFragment) => string | null | undefined])[] = [
    [t('number'), ({ number }) => number],
    [t('email'), ({ email }) => email],
    [t('phone'), ({ phone, mobile }) => [phone, mobile].filter(Boolean).join(' · ')],
    [t('addresses'), addressOf],
    [t('vatNumber'), ({ company }) => company?.vatNumber],
    [t('registration'), ({ company }) => company?.registrationNumber],
  ];
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table aria-label={t('mergeSides')} layout="fixed" className="moments merge-sides" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Td>{t('mergeSurvivor')}</Table.Td>
            {sides.map(({ id, displayName }) => (
              <Table.Th key={id} scope="col">
                <Radio
                  name="survivor"
                  label={displayName}
                  checked={id === survivorId}
                  onChange={() => onSurvivor(id)}
                />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, of]) => {
            const said = sides.map((side) => of(side) ?? '');
            if (said.every((each) => each === '')) return null;
            const isDifferent = said.some((each) => each !== said[0]);
            return (
              <Table.Tr key={name} data-differs={isDifferent || undefined}>
                <Table.Th scope="row">
                  {name}
                  {isDifferent && <span className="moment-mark">{t('mergeDiffers')}</span>}
                </Table.Th>
                {said.map((each, i) => (
                  <Table.Td key={i}>
                    <Shown text={each} />
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
          <Table.Tr>
            <Table.Th scope="row">{t('mergeSystems')}</Table.Th>
            {sides.map((side) => (
              <Table.Td key={side.id}>{systemsOf(side)}</Table.Td>
            ))}
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface PlannedProps {
  readonly plan: Plan;
  readonly item: Item;
  readonly names: { readonly survivor: string; readonly duplicate: string };
  /** The plan of another choice is still shown. */
  readonly isOld: boolean;
  readonly onBack: (() => void) | null;
  onOutdated(): void;
  onClose(): void;
}

function Planned({ plan, item, names, isOld, onBack, onOutdated, onClose }: PlannedProps) {
  const { t } = useTranslation('customers');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const merging = useCommand(CustomersMergeDocument);
  const isRefused = item.refusal != null;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const [survivorId, duplicateId] = [plan.survivor!.id, item.customer!.id];
    const input = { survivorId, duplicateIds: [duplicateId], planHash: plan.planHash, reason: reason.trim() };
    try {
      await merging.run({ input });
      told(t('mergeDone', names));
      onClose();
      await navigate({ to: `/customers/${survivorId}` });
    } catch (thrown) {
      // The dialog shows it, with the plan as it is now.
      if (thrown instanceof RefusedError) onOutdated();
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {isRefused ? <Alert color="red">{item.refusal}</Alert> : <Effects item={item} names={names} />}
        {merging.error !== null && <Failure error={merging.error} />}
        {!isRefused && (
          <ReasonField
            label={t('mergeReason')}
            description={t('mergeReasonHint')}
            value={reason}
            onReason={setReason}
            required
          />
        )}
        <Group justify="flex-end">
          {onBack !== null && (
            <Button variant="subtle" onClick={onBack} mr="auto">
              {t('mergeOther')}
            </Button>
          )}
          <Button variant="default" onClick={onClose} data-autofocus>
            {isRefused ? common('close') : common('cancel')}
          </Button>
          {!isRefused && (
            <Button type="submit" loading={merging.isRunning} disabled={isOld || reason.trim() === ''}>
              {t('mergeAction')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** What merging them would do, system by system. */
function Effects({ item: { orders, records }, names }: { readonly item: Item; readonly names: PlannedProps['names'] }) {
  const { t } = useTranslation('customers');
  const formats = useFormats();
  return (
    <section aria-label={t('mergeEffects')}>
      <Title order={3} size="sm">
        {t('mergeEffects')}
      </Title>
      <ul className="merge-effects">
        <li>{t('mergeListed', names)}</li>
        {orders > 0 && <li>{t('mergeOrders', { count: orders, number: formats.number(orders), ...names })}</li>}
        {records.map(({ system, externalId, key, fate }) => (
          <li key={`${system?.id} ${externalId}`}>
            <b>{system?.name ?? '–'}</b>: {t(`mergeFate.${fate}`, { record: key ?? shortId(externalId), ...names })}
          </li>
        ))}
      </ul>
      <Text size="sm" className="muted">
        {t('mergeUndoable')}
      </Text>
    </section>
  );
}
