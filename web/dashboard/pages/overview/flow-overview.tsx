/** How systems and flows stand: a picture on wide screens, the same as a table on narrow ones and on request. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewFlowFragment, OverviewSystemFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { alone, pairsOf } from './flow-lines.ts';
import { FlowMap } from './flow-map.tsx';
import { FlowTable } from './flow-table.tsx';
import { Panel } from './panel.tsx';
import { SystemLine } from './system-line.tsx';

export function FlowOverview({
  systems,
  flows,
}: {
  readonly systems: readonly OverviewSystemFragment[];
  readonly flows: readonly OverviewFlowFragment[];
}) {
  const { t } = useTranslation('overview');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const [isTable, setTable] = useState(false);
  const pairs = pairsOf(systems, flows);
  const lines = pairs.flatMap((pair) => pair.lines);
  const started = lines.filter(({ flow }) => flow.state !== 'DRAFT');
  const late = started.filter(({ tone }) => tone !== 'ok' && tone !== 'pending');
  const sentence =
    lines.length === 0
      ? t('noFlows')
      : started.length === 0
        ? t('noneStarted')
        : late.length === 0
          ? t('allKeepUp', { count: started.length })
          : t('someDoNot', { number: formats.number(late.length), all: formats.number(started.length) });
  return (
    <Panel
      title={t('mapTitle')}
      actions={
        lines.length > 0 && (
          <Button visibleFrom="sm" size="compact-sm" variant="subtle" onClick={() => setTable(!isTable)}>
            {isTable ? common('asPicture') : common('asTable')}
          </Button>
        )
      }
    >
      <Stack gap="xs">
        <Text size="sm">{sentence}</Text>
        {!isTable && (
          <div className="overview-wide">
            {pairs.map((pair) => (
              <FlowMap key={`${pair.left.id} ${pair.right.id}`} pair={pair} />
            ))}
          </div>
        )}
        <div className={isTable ? undefined : 'overview-narrow'}>
          <FlowTable systems={systems} lines={lines} />
        </div>
        {!isTable && <Alone systems={alone(systems, flows)} />}
      </Stack>
    </Panel>
  );
}

/** Systems that the picture has no line for. */
const Alone = ({ systems }: { readonly systems: readonly OverviewSystemFragment[] }) =>
  systems.length === 0 ? null : (
    <Group gap="lg" className="overview-wide-flex">
      {systems.map((system) => (
        <SystemLine key={system.id} system={system} />
      ))}
    </Group>
  );
