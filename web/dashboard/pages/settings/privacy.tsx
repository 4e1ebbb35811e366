/** Who was erased, when and by whom; where the data of people lie and how long. */
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { SettingsErasuresDocument } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { RecordTable } from '../../parts/record-table.tsx';
import { Status } from '../../parts/status.tsx';

export function Privacy() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const asked = useAsk(SettingsErasuresDocument, {}, { everyMs: 5_000 });
  return (
    <Stack>
      <Title order={2}>{t('erasures')}</Title>
      <Text size="sm">{t('erasuresAbout')}</Text>
      <Answer of={asked}>
        {({ jobs: { nodes } }) =>
          nodes.length === 0 ? (
            <Nothing kind="matches" title={t('erasuresNone')}>
              <Anchor component={Link} to="/customers">
                {common('pageCustomers')}
              </Anchor>
            </Nothing>
          ) : (
            <RecordTable
              label={t('erasures')}
              rows={nodes}
              pathOf={({ id }) => `/jobs/${id}`}
              columns={[
                { key: 'at', title: t('erasureAsked'), show: ({ id, createdAt }) => <Anchor component={Link} to={`/jobs/${id}`} size="sm"><Moment at={createdAt} /></Anchor> },
                { key: 'state', title: common('state'), show: ({ status }) => <Status kind="job" state={status} /> },
                { key: 'by', title: t('erasureBy'), from: 'sm', show: ({ createdBy }) => (createdBy.__typename === 'SystemProcess' ? '' : createdBy.name) },
                { key: 'customer', title: t('erasureCustomer'), from: 'sm', show: ({ erasure }) => erasure == null ? '' : <Anchor component={Link} to={`/customers/${erasure.customerId}`} size="sm">{erasure.customerId}</Anchor> },
              ]}
            />
          )
        }
      </Answer>
    </Stack>
  );
} // prettier-ignore
