/**
 * Says at which locations stock may not be what it is any more: their system has not answered for half an hour, or the flow of stock from it is at
 * a standstill. That a figure has not changed for long does not make it old; that nobody could ask does.
 */
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { StockPlacesQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { useNow } from '../../parts/now.ts';

const oldAfterMs = 30 * 60_000;

type Flow = StockPlacesQuery['flows'][number];

/** Whether a flow that should run does not. */
const standsStill = ({ state, stateSince }: Flow, now: number): boolean =>
  (state === 'PAUSED' || state === 'SUSPENDED') && now - new Date(stateSince).getTime() > oldAfterMs;

export function OldFigures({ places: { systems, flows, stockLocations } }: { readonly places: StockPlacesQuery }) {
  const { t } = useTranslation('stock');
  const formats = useFormats();
  const now = useNow();
  const sentences = systems.flatMap((system) => {
    const flow = flows.find(({ source }) => source.id === system.id);
    const { lastSuccessAt } = system.health;
    if (flow === undefined || lastSuccessAt == null) return [];
    const isSilent = now - new Date(lastSuccessAt).getTime() > oldAfterMs;
    if (!isSilent && !standsStill(flow, now)) return [];
    const names = stockLocations.nodes
      .filter(({ externalReferences }) => externalReferences.some(({ system: its }) => its?.id === system.id))
      .map(({ name }) => name);
    return [{ system, flow, names, at: isSilent ? lastSuccessAt : flow.stateSince }];
  });
  if (sentences.length === 0) return null;
  return (
    <Alert color="yellow" title={t('old')} role="status">
      <Stack gap={4}>
        {sentences.map(({ system, flow, names, at }) => (
          <Text key={system.id} size="sm" component="div">
            {t('oldAt', { system: system.name, locations: formats.list(names) })} <Moment at={at} />
            {' · '}
            <Anchor component={Link} to={`/flows/${flow.id}`} size="sm">
              {flow.name}
            </Anchor>
            {flow.stateReason != null && ` · ${flow.stateReason}`}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
