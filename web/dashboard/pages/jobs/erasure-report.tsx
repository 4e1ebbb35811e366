/** What an erasure has removed, store by store, and what became of the systems; what somebody has to do there by hand comes first. */
import { Alert, Anchor, Card, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { JobPageQuery } from '../../graph/graphql.ts';
import type { ErasureState } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shape, type Tone } from '../../parts/status.tsx';

type Report = NonNullable<NonNullable<JobPageQuery['job']>['erasure']>;

const tones: Readonly<Record<ErasureState, Tone>> = {
  TOLD: 'ok',
  LEFT: 'excluded',
  BY_HAND: 'failed',
  SHARED: 'blocked',
};

export function ErasureReport({ report }: { readonly report: Report }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  return (
    <Card withBorder component="section" aria-label={t('erased')}>
      <Stack gap="sm">
        <Title order={2}>{t('erased')}</Title>
        <Anchor component={Link} to={`/customers/${report.customerId}`} size="sm">
          {t('erasedCustomer')}
        </Anchor>
        <Title order={3}>{t('erasedSystems')}</Title>
        <ErasedSystems systems={report.systems} />
        <Title order={3}>{t('erasedStores')}</Title>
        <Table aria-label={t('erasedStores')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('erasedStore')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t('erasedRemoved')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {t('erasedRetained')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.stores
              .filter(({ removed, retained }) => removed + retained > 0)
              .map(({ store, removed, retained }) => (
                <Table.Tr key={store}>
                  <Table.Td>{t(`stores.${store}`)}</Table.Td>
                  <Table.Td ta="right">{formats.number(removed)}</Table.Td>
                  <Table.Td ta="right">{formats.number(retained)}</Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
        <Text size="sm" className="muted">
          {t('erasedKept')}
        </Text>
        {report.isLogInKafka && <Alert color="yellow">{t('erasedKafka')}</Alert>}
      </Stack>
    </Card>
  );
}

/** One line per system that has a record of the customer. */
export function ErasedSystems({ systems }: { readonly systems: Report['systems'] }) {
  const { t } = useTranslation('jobs');
  if (systems.length === 0) return <Text size="sm">{t('erasedNowhere')}</Text>;
  return (
    <Stack gap={4}>
      {systems.map(({ system, externalId, state, reason }) => (
        <Text key={`${system?.id ?? ''} ${externalId ?? ''}`} size="sm" component="div">
          <span className="status">
            <Shape tone={tones[state]} />
            <b>{system?.name ?? '–'}</b>
          </span>{' '}
          {t(`erasureStates.${state}`, { id: externalId ?? '' })} {reason}
        </Text>
      ))}
    </Stack>
  );
}
