/** What the map of flows shows, in words. */
import { Anchor, Group, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OverviewSystemFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shape } from '../../parts/status.tsx';
import type { FlowLine } from './flow-lines.ts';
import { useFlowWords } from './flow-words.ts';
import { SystemLine } from './system-line.tsx';

export function FlowTable({
  systems,
  lines,
}: {
  readonly systems: readonly OverviewSystemFragment[];
  readonly lines: readonly FlowLine[];
}) {
  const { t } = useTranslation('overview');
  const { t: common } = useTranslation();
  return (
    <Stack gap="sm">
      <Group gap="lg">
        {systems.map((system) => (
          <SystemLine key={system.id} system={system} />
        ))}
      </Group>
      {lines.length > 0 && (
        <div className="overview-scroll">
          <table className="overview-table" aria-label={t('mapTitle')}>
            <thead>
              <tr>
                <th scope="col">{t('flow')}</th>
                <th scope="col">{common('state')}</th>
                <th scope="col" className="overview-figure">
                  {t('delay')}
                </th>
                <th scope="col" className="overview-figure overview-from-sm">
                  {t('waitingHead')}
                </th>
                <th scope="col" className="overview-figure overview-from-sm">
                  {t('hourHead')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Row key={line.flow.id} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Stack>
  );
}

function Row({ line }: { readonly line: FlowLine }) {
  const { t } = useTranslation('overview');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const { lag, trouble } = useFlowWords()(line);
  const { flow, target, tone } = line;
  return (
    <tr>
      <td>
        <Anchor component={Link} to={`/flows/${flow.id}`} size="sm">
          {t('entityTo', { entity: kinds(`entities.${flow.entityType}`), target: target.name })}
        </Anchor>
      </td>
      <td>
        <span className="status overview-wrap">
          <Shape tone={tone} />
          <span>{trouble ?? t('inOrder')}</span>
        </span>
      </td>
      <td className="overview-figure">{lag}</td>
      <td className="overview-figure overview-from-sm">{formats.number(flow.syncState.pending.value)}</td>
      <td className="overview-figure overview-from-sm">{formats.number(line.perHour)}</td>
    </tr>
  );
}
