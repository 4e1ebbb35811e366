/** Who did what, the newest first, by pages of fifty. */
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { SettingsAuditDocument, type SettingsAuditQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { argumentsOf, Pager, placeOf } from '../../parts/pager.tsx';
import { RecordTable } from '../../parts/record-table.tsx';
import { beginningWithDefault, Views } from '../../parts/views.tsx';
import type { words } from '../../words/known.ts';
import { ExportList } from '../data-export/export-list.tsx';
import { AuditDetail } from './audit-detail.tsx';
import { auditFilterOf, AuditFilters, auditSearchOf } from './audit-filter.tsx';

type Entry = SettingsAuditQuery['auditEntries']['nodes'][number];
type Action = keyof (typeof words)['settings']['did'];

const size = 50;

export const Audit = beginningWithDefault('AUDIT', AuditList);

function AuditList() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const address = useSearch({ strict: false });
  const search = auditSearchOf(address);
  const navigate = useNavigate();
  const entries = useAsk(SettingsAuditDocument, {
    ...argumentsOf(placeOf(address), size),
    filter: auditFilterOf(search),
  });
  const isFiltered = Object.keys(search).length > 0;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2}>{t('audit')}</Title>
        <Group gap="xs">
          <Views list="AUDIT" />
          <ExportList list={{ entityType: 'AUDIT_ENTRY', filter: auditFilterOf(search) }} title={t('audit')} />
        </Group>
      </Group>
      <AuditFilters
        search={search}
        onChange={(next) => void navigate({ to: '.', search: next as never, replace: true })}
      />
      <Answer of={entries}>
        {({ auditEntries: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <Nothing
              kind={isFiltered ? 'matches' : 'yet'}
              title={isFiltered ? common('nothingMatches') : t('auditEmpty')}
            />
          ) : (
            <>
              <RecordTable
                label={t('audit')}
                rows={nodes}
                columns={[
                  { key: 'at', title: common('when'), show: ({ at }) => <Moment at={at} isExact /> },
                  { key: 'actor', title: t('auditBy'), show: ({ actor }) => <By actor={actor} /> },
                  { key: 'action', title: t('auditAction'), show: (entry) => <Done entry={entry} /> },
                  { key: 'detail', title: t('auditDetail'), from: 'md', show: (entry) => <AuditDetail {...entry} /> },
                ]}
              />
              <Pager
                info={pageInfo}
                onMove={(place) => void navigate({ to: '.', search: { ...search, ...place } as never })}
              />
            </>
          )
        }
      </Answer>
    </Stack>
  );
}

function By({ actor }: Pick<Entry, 'actor'>) {
  const { t } = useTranslation('settings');
  return actor.__typename === 'SystemProcess' && actor.name === 'hub' ? t('auditHub') : actor.name;
}

/** What was done, to what, and why. On a narrow screen with its details, which have no column there. */
function Done({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('settings');
  const { action, reason } = entry;
  return (
    <>
      <Text size="sm" title={action}>
        {t(`did.${action as Action}`, { defaultValue: action })}
      </Text>
      <Subject entry={entry} />
      {reason != null && (
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          “{reason}”
        </Text>
      )}
      <Text component="div" hiddenFrom="md">
        <AuditDetail {...entry} />
      </Text>
    </>
  );
}

/** Pages of what entries are about, where it has one of its own. */
const folders: Readonly<Record<string, string>> = {
  Flow: 'flows',
  System: 'systems',
  Mapping: 'mappings',
  ValueMap: 'value-lists',
  DeadLetter: 'problems',
  Job: 'jobs',
  Reconciliation: 'comparisons',
  Product: 'products',
  ProductVariant: 'products',
  Category: 'categories',
  Customer: 'customers',
  Order: 'orders',
  StockLevel: 'stock',
};

function Subject({ entry: { subjectType, subjectId, subjectLabel, subject } }: { readonly entry: Entry }) {
  const { t } = useTranslation('settings');
  const folder = folders[subjectType ?? ''];
  const name = subjectLabel ?? (subjectType === null ? null : t(`subjects.${subjectType as 'Flow'}`, { defaultValue: subjectId })); // prettier-ignore
  if (name === null) return null;
  const isThere = subject !== null || subjectType === 'Mapping' || subjectType === 'ValueMap' || subjectType === 'Job';
  return folder !== undefined && isThere ? (
    <Anchor component={Link} to={`/${folder}/${subjectId}`} size="sm" title={subjectId}>
      {name}
    </Anchor>
  ) : (
    <Text size="sm" className="muted" title={subjectId}>
      {name}
    </Text>
  );
}
