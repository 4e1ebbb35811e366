/** From where a flow reads on: the position, how to move it, and how to send records again without moving it. */
import { Alert, Code, CopyButton, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { Moment } from '../../parts/moment.tsx';
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
              [t('marker'), marker == null ? t('noMarker') : <MarkerText key="marker" marker={marker} />],
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

function MarkerText({ marker }: { readonly marker: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" align="flex-start">
      <Code style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', flex: '1 1 200px' }}>{marker}</Code>
      <CopyButton value={marker}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="subtle" onClick={copy}>
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
