/** /mappings: all mappings, system by system: which way, how much they cover, what is not published, which flows use them, tests, problems. */
import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { MappingsListDocument, MappingsNewsDocument, type MappingsListQuery } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Shape } from '../../parts/status.tsx';
import { systemsOf } from './entity-words.ts';
import { MappingActions } from './own/actions.tsx';
import { MakeMapping } from './own/make-mapping.tsx';
import { Ring } from './ring.tsx';
import './mappings.css';

type MappingRow = MappingsListQuery['mappings'][number];

export function MappingsPage() {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const asked = useAsk(MappingsListDocument, {});
  const refresh = useRefresh([MappingsListDocument]);
  useLive(MappingsNewsDocument, {}, { onNews: refresh });
  return (
    <Page title={common('pageMappings')} about={t('about')} actions={<MakeMapping />}>
      <Answer of={asked} skeleton={<Lines count={10} height={28} />}>
        {({ mappings, systems }) => {
          const kinds = [...new Set(mappings.map(({ connectorKey }) => connectorKey))];
          if (kinds.length === 0) return <Nothing kind="yet" title={t('noMappings')} />;
          return kinds.map((kind) => (
            <OfSystem
              key={kind}
              name={systemsOf(systems, kind)}
              rows={mappings.filter(({ connectorKey }) => connectorKey === kind)}
            />
          ));
        }}
      </Answer>
    </Page>
  );
}

function OfSystem({ name, rows }: { readonly name: string; readonly rows: readonly MappingRow[] }) {
  const columns = useColumns(name);
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-label={name}>
      <Title order={2} mb="xs">
        {name}
      </Title>
      <RecordTable label={name} rows={rows} columns={columns} pathOf={({ id }) => `/mappings/${id}`} />
    </Paper>
  );
}

function useColumns(system: string): readonly Column<MappingRow>[] {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  return [
    {
      key: 'entity',
      title: t('record'),
      show: (row) => (
        <>
          <Anchor component={Link} to={`/mappings/${row.id}`} fw={600}>
            {row.name}
          </Anchor>
          {row.hasUnpublishedChanges && (
            <Text component="span" ms={6} title={t('draftChanges')}>
              <Shape tone="pending" />
              <span className="visually-hidden">{t('draftChanges')}</span>
            </Text>
          )}
          {!row.isShipped && (
            <Text component="span" size="xs" className="muted" ms={6}>
              {t('ownHere')}
            </Text>
          )}
          {row.hasNewShippedRules && (
            <Text component="span" size="xs" className="muted" ms={6} title={t('newShippedTitle')}>
              {t('newShipped')}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'direction',
      title: t('direction'),
      show: ({ direction }) => <Direction isInbound={direction === 'INBOUND'} system={system} />,
      from: 'xs',
    },
    { key: 'coverage', title: t('coverage'), show: ({ coverage }) => <Coverage {...coverage} /> },
    { key: 'usedBy', title: t('ownUsedBy'), show: (row) => <UsedBy row={row} />, from: 'lg' },
    { key: 'tests', title: t('tests'), show: ({ tests }) => <TestCount tests={tests} />, isFigure: true, from: 'lg' },
    {
      key: 'problems',
      title: t('problems'),
      isFigure: true,
      from: 'sm',
      show: ({ problems }) =>
        problems.length === 0 ? (
          <span className="muted">{common('none')}</span>
        ) : (
          <span className="status tone-failed">
            <Shape tone="failed" />
            {problems.length}
          </span>
        ),
    },
    {
      key: 'version',
      title: t('version'),
      isFigure: true,
      from: 'lg',
      show: ({ publishedVersion, updatedAt }) => (
        <>
          {publishedVersion}
          <Text size="xs" className="muted" component="div" title={t('changed')}>
            <Moment at={updatedAt} />
          </Text>
        </>
      ),
    },
    {
      key: 'actions',
      title: <span className="visually-hidden">{t('ownMenu')}</span>,
      show: (row) => <MappingActions mapping={row} />,
    },
  ];
}

/** The flows whose records go through it. */
function UsedBy({ row: { usedBy, systems } }: { readonly row: MappingRow }) {
  const { t } = useTranslation('mappings');
  if (systems.length === 0) return <span className="muted">{t('ownNotUsed')}</span>;
  if (usedBy.length === 0) return <span className="muted">{t('ownNoFlow')}</span>;
  return (
    <Stack gap={0} align="flex-start">
      {usedBy.map(({ id, name }) => (
        <Anchor key={id} component={Link} to={`/flows/${id}`} size="sm">
          {name}
        </Anchor>
      ))}
    </Stack>
  );
}

/** Which way it goes, seen from the hub. */
export function Direction({ isInbound, system }: { readonly isInbound: boolean; readonly system: string }) {
  const { t } = useTranslation('mappings');
  const Icon = isInbound ? IconArrowRight : IconArrowLeft;
  const words = isInbound ? t('inbound', { system }) : t('outbound', { system });
  return (
    <span className="status" title={words}>
      <span>{system}</span>
      <Icon size={16} aria-hidden="true" />
      <span>{t('theHub')}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function Coverage({ mappedTargets, totalTargets }: MappingRow['coverage']) {
  const { t } = useTranslation('mappings');
  return (
    <Group gap={6} wrap="nowrap" title={t('coverageIs', { part: mappedTargets, whole: totalTargets })}>
      <Ring part={mappedTargets} whole={totalTargets} />
      <Text size="sm" component="span" style={{ whiteSpace: 'nowrap' }}>
        {mappedTargets} / {totalTargets}
      </Text>
    </Group>
  );
}

function TestCount({ tests }: Pick<MappingRow, 'tests'>) {
  const { t } = useTranslation('mappings');
  if (tests.length === 0) return <span className="muted">–</span>;
  const passed = tests.filter(({ isPassed }) => isPassed === true).length;
  const isWell = passed === tests.length;
  return (
    <span className={`status tone-${isWell ? 'ok' : 'failed'}`} title={t('testsIs', { passed, all: tests.length })}>
      <Shape tone={isWell ? 'ok' : 'failed'} />
      {passed}/{tests.length}
    </span>
  );
}
