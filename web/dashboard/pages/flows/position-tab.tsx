/** From where a flow reads on: the position, how to move it, and how to send records again without moving it. */
import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Marker } from '../position/marker.tsx';
import { BackfillForm } from './backfill-form.tsx';
import type { SeenFlow } from './seen-flow.ts';
import { useMayOperate } from './actions.tsx';
import { ResetForm } from './reset-form.tsx';
import { FactList, Section } from './status-tab.tsx';

export function PositionTab({ flow }: { readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const mayWrite = useMay('WRITE_FLOWS');
  const mayOperate = useMayOperate();
  const { marker, markerAt, markerKind, stoppedBecause } = flow.syncState;
  return (
    <Stack gap="md" maw={860}>
      {stoppedBecause != null && (
        <Alert color="red" title={t('standsStill')}>
          <Text size="sm">{stoppedBecause}</Text>
        </Alert>
      )}
      <Section title={t('tab.position')}>
        <Stack gap="sm">
          <Text size="sm">{t('positionAbout', { source: flow.source.name })}</Text>
          <FactList
            facts={[
              [t('markerKind'), t(`kindOf.${markerKind}`)],
              [t('marker'), marker == null ? t('noMarker') : <Marker key="marker" marker={marker} />],
              [t('markerAt'), markerAt == null ? '–' : <Moment key="at" at={markerAt} />],
            ]}
          />
        </Stack>
      </Section>
      {mayWrite && <ResetForm flow={flow} />}
      {mayOperate && <BackfillForm flow={flow} />}
    </Stack>
  );
}
