/** What stands on a customer's page about other ones that are the same: who stands for it, for whom it stands, who is perhaps it too. */
import { Alert, Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { CustomersUnmergeDocument, type CustomerDetailQuery } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { told } from '../../parts/told.ts';
import { Part, Shown } from '../records/shown.tsx';
import { calledApart, shortId } from './called-apart.ts';
import { Signs } from './merge-choice.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import './merge.css';

export type Mergeable = Extract<CustomerDetailQuery['node'], { __typename: 'Customer' }>;
type Merge = Mergeable['merges'][number];

/** Merging begins here, unless another customer stands for this one. */
export function MergeButton({ customer }: { readonly customer: Mergeable }) {
  const { t } = useTranslation('customers');
  const may = useMay('REPLAY');
  const [isOpen, setOpen] = useState(false);
  if (!may || customer.erasedAt != null || customer.mergedInto != null) return null;
  return (
    <>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconUsers size={16} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {t('merge')}
      </Button>
      {isOpen && <MergeDialog customer={customer} other={null} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Above everything else of the page. */
export function SameCustomers({ customer }: { readonly customer: Mergeable }) {
  return (
    <>
      {customer.mergedInto != null && <MergedInto customer={customer} survivor={customer.mergedInto} />}
      {customer.possibleDuplicates.length > 0 && <Hint customer={customer} />}
    </>
  );
}

function MergedInto({
  customer,
  survivor,
}: {
  readonly customer: Mergeable;
  readonly survivor: NonNullable<Mergeable['mergedInto']>;
}) {
  const { t } = useTranslation('customers');
  return (
    <Alert color="gray" title={t('mergedTitle')}>
      <Group gap="sm" justify="space-between">
        <Text size="sm">
          <Anchor component={Link} to={`/customers/${survivor.id}`} size="sm" fw={600}>
            <Shown text={survivor.displayName} />
          </Anchor>{' '}
          {t('mergedMeans')}
        </Text>
        {customer.erasedAt == null && <TakeApart duplicate={customer} survivor={survivor} />}
      </Group>
    </Alert>
  );
} // prettier-ignore

function Hint({ customer }: { readonly customer: Mergeable }) {
  const { t } = useTranslation('customers');
  const may = useMay('REPLAY');
  const [other, setOther] = useState<string | null>(null);
  return (
    <Alert color="yellow" title={t('duplicates')}>
      <Stack gap={6} component="ul" className="merge-hint">
        {customer.possibleDuplicates.map(({ customer: each, signs }) =>
          each == null ? null : (
            <li key={each.id}>
              <Anchor component={Link} to={`/customers/${each.id}`} size="sm" fw={600}>
                <Shown text={each.displayName} />
              </Anchor>{' '}
              <Text size="sm" component="span">
                {each.number}
              </Text>{' '}
              <Signs of={signs} />{' '}
              {may && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('mergeWithName', { name: each.displayName })}
                  onClick={() => setOther(each.id)}
                >
                  {t('compare')}
                </Button>
              )}
            </li>
          ),
        )}
      </Stack>
      {other !== null && <MergeDialog customer={customer} other={other} onClose={() => setOther(null)} />}
    </Alert>
  );
}

/** Those for whom this one stands. */
export function MergedCustomers({ customer }: { readonly customer: Mergeable }) {
  const { t } = useTranslation('customers');
  const { merges, erasedAt } = customer;
  if (merges.length === 0) return null;
  return (
    <Part title={t('mergedHere')}>
      <Stack gap="xs">
        {merges.map((merge) => (
          <Group key={merge.customer?.id} gap="sm" justify="space-between">
            <Told merge={merge} />
            {erasedAt == null && merge.customer != null && (
              <TakeApart duplicate={merge.customer} survivor={customer} moved={merge.moved} />
            )}
          </Group>
        ))}
      </Stack>
    </Part>
  );
} // prettier-ignore

function Told({ merge: { customer, mergedAt, mergedBy, reason } }: { readonly merge: Merge }) {
  const who = mergedBy != null && 'name' in mergedBy ? mergedBy.name : null;
  return (
    <Text size="sm" component="div" style={{ overflowWrap: 'anywhere', flex: '1 1 240px' }}>
      <Anchor component={Link} to={`/customers/${customer?.id}`} size="sm" fw={600}>
        <Shown text={customer?.displayName} />
      </Anchor>{' '}
      {customer?.number != null && <span className="muted">{customer.number} </span>}
      <br />
      <Moment at={mergedAt} />
      {who !== null && <> · {who}</>} · {reason}
    </Text>
  );
}

interface TakeApartProps {
  readonly duplicate: NonNullable<Merge['customer']>;
  readonly survivor: Omit<NonNullable<Merge['customer']>, 'id'>;
  /** Links that go back. */
  readonly moved?: Merge['moved'];
}

function TakeApart(props: TakeApartProps) {
  const { t } = useTranslation('customers');
  const may = useMay('REPLAY');
  const [isOpen, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {t('takeApart')}
      </Button>
      {isOpen && <TakeApartDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function TakeApartDialog({ duplicate, survivor: other, moved = [], onClose }: TakeApartProps & { onClose(): void }) {
  const [name, survivor] = calledApart(duplicate, other);
  const { t } = useTranslation('customers');
  const { t: common } = useTranslation();
  const [reason, setReason] = useState('');
  const taking = useCommand(CustomersUnmergeDocument);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await taking.run({ input: { id: duplicate.id, reason: reason.trim() } });
      told(t('takenApart', { name, survivor }));
      onClose();
    } catch {
      // The dialog shows it.
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('takeApartTitle', { name, survivor })}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Text size="sm">{t('takeApartEffect', { name, survivor })}</Text>
          {moved.map(({ system, externalId }) => (
            <Text size="sm" key={`${system?.id} ${externalId}`}>
              <b>{system?.name ?? '–'}</b>: {t('takeApartLink', { record: shortId(externalId), name })}
            </Text>
          ))}
          {taking.error !== null && <Failure error={taking.error} />}
          <ReasonField
            label={t('mergeReason')}
            description={t('mergeReasonHint')}
            value={reason}
            onReason={setReason}
            required
            isFirst
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={taking.isRunning} disabled={reason.trim() === ''}>
              {t('takeApartAction')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
