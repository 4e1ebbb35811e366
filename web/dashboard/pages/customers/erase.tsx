/** A person's data, for administrators: all that is held as a file, and erasing it: the plan first, then the number typed. */
import { Alert, Button, Loader, Radio, Stack, Text } from '@mantine/core';
import { IconDownload, IconEraser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError, useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { CustomerEraseDocument, CustomerExportDocument, type CustomerEraseMutation } from '../../graph/graphql.ts';
import type { ErasureReach } from '../../graph/kinds.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import { toldFailure } from '../../parts/told.ts';
import { ErasedSystems } from '../jobs/erasure-report.tsx';

type Plan = NonNullable<CustomerEraseMutation['customerErase']['plan']>;

interface Erasable {
  readonly id: string;
  readonly displayName: string;
  readonly number?: string | null;
  readonly erasedAt?: string | null;
}

export function PersonActions({ customer }: { readonly customer: Erasable }) {
  const { t } = useTranslation('customers');
  const may = useMay('ERASE');
  const [isOpen, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Export customer={customer} />
      {customer.erasedAt == null && (
        <Button
          size="sm"
          color="red"
          variant="light"
          leftSection={<IconEraser size={16} aria-hidden="true" />}
          onClick={() => setOpen(true)}
        >
          {t('erase')}
        </Button>
      )}
      {isOpen && <EraseDialog customer={customer} onClose={() => setOpen(false)} />}
    </>
  );
}

function Export({ customer: { id, number } }: { readonly customer: Erasable }) {
  const { t } = useTranslation('customers');
  const { run, isRunning } = useCommand(CustomerExportDocument, []);
  const save = async (): Promise<void> => {
    try {
      const { customerExport } = await run({ input: { id } });
      const text = JSON.stringify(customerExport.document, null, 2);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
      link.download = `koppel-${number ?? id}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (thrown) {
      toldFailure(thrown as Error);
    }
  };
  return (
    <Button
      variant="default"
      size="sm"
      loading={isRunning}
      title={t('exportHint')}
      leftSection={<IconDownload size={16} aria-hidden="true" />}
      onClick={() => void save()}
    >
      {t('export')}
    </Button>
  );
}

const reaches: readonly ErasureReach[] = ['HUB_ONLY', 'HUB_AND_SYSTEMS'];

function EraseDialog({
  customer: { id, displayName, number },
  onClose,
}: {
  readonly customer: Erasable;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const [reach, setReach] = useState<ErasureReach>('HUB_ONLY');
  const [plan, setPlan] = useState<Plan | null>(null);
  /** How often it was refused: the plan is made anew then. */
  const [refusals, setRefusals] = useState(0);
  const planning = useCommand(CustomerEraseDocument, []);
  const erasing = useCommand(CustomerEraseDocument, []);
  const { run } = planning;
  useEffect(() => {
    let isCurrent = true;
    setPlan(null);
    run({ input: { id, reach, isDryRun: true } }).then(
      ({ customerErase }) => isCurrent && setPlan(customerErase.plan ?? null),
      () => undefined, // The dialog shows it.
    );
    return () => void (isCurrent = false);
  }, [id, reach, refusals]);
  const erase = async (): Promise<void> => {
    if (plan === null) return;
    const { confirmation, planHash } = plan;
    try {
      const { customerErase } = await erasing.run({ input: { id, reach, confirmation, planHash } });
      if (customerErase.job != null) await navigate({ to: `/jobs/${customerErase.job.id}` });
    } catch (thrown) {
      // The dialog shows it, with the plan as it is now.
      if (thrown instanceof RefusedError) setRefusals((before) => before + 1);
    }
  };
  return (
    <Confirm
      title={t('eraseTitle', { name: displayName })}
      action={t('eraseNow')}
      typed={plan?.confirmation ?? number ?? displayName}
      isReady={plan !== null}
      isOpen
      isRunning={erasing.isRunning}
      error={erasing.error ?? planning.error}
      onConfirm={() => void erase()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{t('eraseEffect')}</Text>
        <Radio.Group label={t('reach')} value={reach} onChange={(value) => setReach(value as ErasureReach)}>
          <Stack gap={6} mt={4}>
            {reaches.map((each) => (
              <Radio key={each} value={each} label={t(`reachOf.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {plan === null ? planning.error === null && <Loader size="sm" aria-label={t('planning')} /> : <Planned plan={plan} />}
      </Stack>
    </Confirm>
  );
} // prettier-ignore

/** What would go, in numbers. */
function Planned({ plan: { stores, systems, openOrders, isLogInKafka } }: { readonly plan: Plan }) {
  const { t } = useTranslation('customers');
  const formats = useFormats();
  const ofStore = (name: string): number => stores.find(({ store }) => store === name)?.retained ?? 0;
  const removed = stores.reduce((sum, each) => sum + each.removed, 0);
  const orders = ofStore('ORDERS');
  return (
    <>
      <Text size="sm" fw={600}>
        {t('wouldGo', { count: removed, number: formats.number(removed) })}{' '}
        {t('ordersStay', { count: orders, number: formats.number(orders) })}
      </Text>
      {openOrders > 0 && (
        <Alert color="yellow">{t('openOrders', { count: openOrders, number: formats.number(openOrders) })}</Alert>
      )}
      {isLogInKafka && <Alert color="yellow">{t('inKafka')}</Alert>}
      <ErasedSystems systems={systems} />
    </>
  );
}
