/** The mappings that a flow's records go through: into the hub, and out of it. */
import { Anchor, Badge, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { FlowsMappingsDocument, type FlowsMappingsQuery } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { MappingActions } from '../mappings/own/actions.tsx';
import '../mappings/mappings.css';

type Mapping = FlowsMappingsQuery['mappings'][number];

/** Those of the source into the hub first, then those to the target. */
function usedBy({ flow, mappings }: FlowsMappingsQuery): readonly Mapping[] {
  if (flow == null) return [];
  const used = mappings.filter(({ usedBy: flows }) => flows.some(({ id }) => id === flow.id));
  const of = (direction: Mapping['direction']): readonly Mapping[] =>
    used.filter((each) => each.direction === direction);
  return [...of('INBOUND'), ...of('OUTBOUND')];
}

export function MappingTab({ flowId }: { readonly flowId: string }) {
  const { t } = useTranslation('flows');
  const asked = useAsk(FlowsMappingsDocument, { id: flowId }, { everyMs: 15_000 });
  return (
    <Answer of={asked} skeleton={<Lines count={3} />}>
      {(data) => {
        const used = usedBy(data);
        if (used.length === 0) return <Nothing kind="yet" title={t('noMappings')} />;
        return (
          <Stack gap="sm">
            <Text size="sm">{t('mappingsAbout')}</Text>
            <MappingTable label={t('tab.mapping')} mappings={used} flow={data.flow!} />
            <Others others={othersThan(used, data.mappings)} flow={data.flow!} />
          </Stack>
        );
      }}
    </Answer>
  );
}

/** For the same records of the same kind of system, which the flow could go through too. */
const othersThan = (used: readonly Mapping[], mappings: readonly Mapping[]): readonly Mapping[] =>
  mappings.filter(
    (each) => !used.includes(each) && used.some((mine) => kind.every((name) => mine[name] === each[name])),
  );

const kind = ['connectorKey', 'direction', 'entity', 'record'] as const;

type ShownFlow = NonNullable<FlowsMappingsQuery['flow']>;

function Others({ others, flow }: { readonly others: readonly Mapping[]; readonly flow: ShownFlow }) {
  const { t } = useTranslation('mappings');
  if (others.length === 0) return null;
  return (
    <section aria-label={t('ownOthers')}>
      <Title order={2} size="h4" mb={4}>
        {t('ownOthers')}
      </Title>
      <MappingTable label={t('ownOthers')} mappings={others} flow={flow} />
    </section>
  );
}

function MappingTable({
  label,
  mappings,
  flow,
}: {
  readonly label: string;
  readonly mappings: readonly Mapping[];
  readonly flow: ShownFlow;
}) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const { t: mappingWords } = useTranslation('mappings');
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
    {
      key: 'actions',
      title: <span className="visually-hidden">{mappingWords('ownMenu')}</span>,
      show: (mapping) => <MappingActions mapping={mapping} />,
    },
  ];
  return <RecordTable label={label} rows={mappings} columns={columns} pathOf={({ id }) => `/mappings/${id}`} />;
}
