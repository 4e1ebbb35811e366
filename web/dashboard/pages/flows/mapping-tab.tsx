/** The mappings that a flow's records go through: into the hub, and out of it. */
import { Anchor, Badge, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { FlowsMappingsDocument, type FlowsMappingsQuery } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';

type Mapping = FlowsMappingsQuery['mappings'][number];

/** Those of the source into the hub first, then those to the target. */
function usedBy({ flow, mappings }: FlowsMappingsQuery): readonly Mapping[] {
  if (flow == null) return [];
  const entity = flow.entityType.toLowerCase();
  const of = (direction: Mapping['direction'], connectorKey: string | undefined): readonly Mapping[] =>
    mappings.filter((each) => each.direction === direction && each.connectorKey === connectorKey && each.entity === entity); // prettier-ignore
  return [...of('INBOUND', flow.source.connector?.key), ...of('OUTBOUND', flow.target.connector?.key)];
}

export function MappingTab({ flowId }: { readonly flowId: string }) {
  const { t } = useTranslation('flows');
  const asked = useAsk(FlowsMappingsDocument, { id: flowId });
  return (
    <Answer of={asked} skeleton={<Lines count={3} />}>
      {(data) => {
        const used = usedBy(data);
        if (used.length === 0) return <Nothing kind="yet" title={t('noMappings')} />;
        return (
          <Stack gap="sm">
            <Text size="sm">{t('mappingsAbout')}</Text>
            <MappingTable mappings={used} flow={data.flow!} />
          </Stack>
        );
      }}
    </Answer>
  );
}

function MappingTable({
  mappings,
  flow,
}: {
  readonly mappings: readonly Mapping[];
  readonly flow: NonNullable<FlowsMappingsQuery['flow']>;
}) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const columns: readonly Column<Mapping>[] = [
    {
      key: 'mapping',
      title: common('name'),
      show: ({ id, name, hasUnpublishedChanges }) => (
        <>
          <Anchor component={Link} to={`/mappings/${id}`} size="sm" fw={600}>
            {name}
          </Anchor>{' '}
          {hasUnpublishedChanges && (
            <Badge size="sm" variant="light" color="orange">
              {t('unpublished')}
            </Badge>
          )}
        </>
      ),
    },
    {
      key: 'direction',
      title: t('way'),
      show: ({ direction }) =>
        direction === 'INBOUND' ? t('intoHub', { name: flow.source.name }) : t('outOfHub', { name: flow.target.name }),
    },
    {
      key: 'coverage',
      title: t('coverage'),
      from: 'sm',
      show: ({ coverage }) =>
        t('covered', { mapped: formats.number(coverage.mappedTargets), all: formats.number(coverage.totalTargets) }),
    },
    {
      key: 'version',
      title: t('version'),
      isFigure: true,
      from: 'xs',
      show: ({ publishedVersion }) => (publishedVersion == null ? '–' : formats.number(publishedVersion)),
    },
  ];
  return (
    <RecordTable label={t('tab.mapping')} rows={mappings} columns={columns} pathOf={({ id }) => `/mappings/${id}`} />
  );
}
