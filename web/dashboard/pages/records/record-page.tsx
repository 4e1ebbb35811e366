/** Around the detail of a record: shows how it stands with the systems first, then what it is, then its history. */
import { Alert, Stack, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSyncFragment } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddress } from './address.ts';
import { Contested } from './contested.tsx';
import { RecordActions } from './actions.tsx';
import { History } from './history.tsx';
import { Identities, type Identified } from './identities.tsx';
import { SyncStrip } from './sync-strip.tsx';
import { ExplainedRecord } from './why.tsx';
import './records.css';

function Gone({ at }: { readonly at: string | null | undefined }) {
  const { t } = useTranslation('records');
  return at == null ? null : (
    <Alert color="gray">
      {t('deleted')} <Moment at={at} />
    </Alert>
  );
}

export function RecordPage({
  title,
  about,
  record,
  label,
  parts = [],
  aboveTabs,
  hasLinks = true,
  actions,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly record: RecordSyncFragment;
  /** What the record itself is called where its parts stand beside it. */
  readonly label: string;
  /** Records that belong to it and have identities and histories of their own. */
  readonly parts?: readonly Identified[];
  readonly aboveTabs?: ReactNode;
  /** False: what systems call it says nothing; they know it by another record. */
  readonly hasLinks?: boolean;
  /** What else can be done with a record of this kind. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const records = [{ id: record.id, label, identities: record.externalReferences }, ...parts];
  return (
    <Page
      title={title}
      about={about}
      actions={<RecordActions ids={records.map(({ id }) => id)}>{actions}</RecordActions>}
    >
      <Gone at={record.deletedAt} />
      <SyncStrip statuses={record.syncStatuses} own={record.externalReferences} records={records} />
      <Contested records={records} />
      <ExplainedRecord value={record.id}>
        {aboveTabs}
        <RecordTabs records={records} hasLinks={hasLinks}>
          {children}
        </RecordTabs>
      </ExplainedRecord>
    </Page>
  );
}

/** What it is, what systems call it, and its history. */
function RecordTabs({
  records,
  hasLinks,
  children,
}: {
  readonly records: readonly Identified[];
  readonly hasLinks: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('records');
  const { texts, change } = useAddress<'tab'>();
  const tab = (hasLinks && texts.tab === 'links') || texts.tab === 'history' ? texts.tab : 'details';
  return (
    <Tabs
      value={tab}
      onChange={(chosen) => change({ tab: chosen === 'details' ? undefined : (chosen ?? undefined) })}
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="details">{t('details')}</Tabs.Tab>
        {hasLinks && <Tabs.Tab value="links">{t('identities')}</Tabs.Tab>}
        <Tabs.Tab value="history">{t('history')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="details" pt="md">
        <Stack gap="lg">{children}</Stack>
      </Tabs.Panel>
      <Tabs.Panel value="links" pt="md">
        <Identities records={records} />
      </Tabs.Panel>
      <Tabs.Panel value="history" pt="md">
        <History records={records} />
      </Tabs.Panel>
    </Tabs>
  );
}
