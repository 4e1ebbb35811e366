/** Moving the position of a flow. The hub says first how many records would be read again; only then, with a reason, is it done. */
import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { FlowsHistoryDocument, FlowsMarkerResetDocument, FlowsPageDocument, type FlowMarkerResetInput } from '../../graph/graphql.ts'; // prettier-ignore
import type { MarkerEdge } from '../../graph/kinds.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { told } from '../../parts/told.ts';
import { MarkerWords } from '../position/marker.tsx';
import type { SeenFlow } from './seen-flow.ts';
import { Section } from './status-tab.tsx';

const places = ['HERE', 'BEGINNING', 'NOW', 'MARKER'] as const satisfies readonly (MarkerEdge | 'MARKER')[];

/** What a position would mean, and which was asked about: that is what is done, whatever is entered meanwhile. */
interface Foreseen {
  readonly of: Pick<FlowMarkerResetInput, 'id' | 'reason' | 'to'>;
  readonly place: (typeof places)[number];
  readonly effect: string;
}

/** What is entered, and the two steps: asking what it would mean, and doing it. */
function useReset(flow: SeenFlow) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const [place, setPlace] = useState<(typeof places)[number]>('HERE');
  const [marker, setMarker] = useState('');
  const [reason, setReason] = useState('');
  const [foreseen, setForeseen] = useState<Foreseen | null>(null);
  const plan = useCommand(FlowsMarkerResetDocument, []);
  const reset = useCommand(FlowsMarkerResetDocument, [FlowsPageDocument, FlowsHistoryDocument]);
  const to = place === 'MARKER' ? { marker: marker.trim() } : { edge: place };
  const input = { id: flow.id, reason: reason.trim(), to };
  const effectOf = (count: { readonly value: number } | null | undefined): string =>
    count == null ? t('affectedUnknown')
    : count.value === 0 ? t('affectedNone')
    : t('affected', { number: common('atMost', { number: formats.number(count.value) }) }); // prettier-ignore
  const ask = async (): Promise<void> => {
    reset.forget();
    const asked = { of: input, place };
    try {
      const { flowMarkerReset } = await plan.run({ input: { ...asked.of, isConfirmed: false } });
      setForeseen({ ...asked, effect: effectOf(flowMarkerReset.affected) });
    } catch {
      // Shown below the fields.
    }
  };
  const confirm = async (): Promise<void> => {
    if (foreseen === null) return;
    try {
      await reset.run({ input: { ...foreseen.of, isConfirmed: true } });
      setForeseen(null);
      setReason('');
      told(t('moved', { name: flow.name }));
    } catch {
      // The dialog shows it.
    }
  };
  const isReady = reason.trim() !== '' && (place !== 'MARKER' || marker.trim() !== '');
  const entered = { place, setPlace, marker, setMarker, reason, setReason };
  return { ...entered, foreseen, isReady, plan, reset, ask, confirm, close: () => setForeseen(null) };
}

export function ResetForm({ flow }: { readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const form = useReset(flow);
  const { place, setPlace, marker, setMarker, reason, setReason, foreseen, isReady, plan, reset, ask, confirm } = form;
  return (
    <Section title={t('resetTitle')}>
      <Stack gap="sm" align="stretch">
        <Text size="sm">{t('resetAbout')}</Text>
        <NativeSelect
          label={t('readOnFrom')}
          value={place}
          onChange={({ currentTarget: { value } }) => setPlace(value as typeof place)}
          data={places.map((value) => ({ value, label: t(`place.${value}`) }))}
        />
        {place === 'MARKER' && (
          <TextInput
            label={t('marker')}
            description={t('markerHint')}
            value={marker}
            onChange={({ currentTarget: { value } }) => setMarker(value)}
          />
        )}
        <TextInput
          label={t('reason')}
          description={t('resetReasonHint')}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        {plan.error !== null && <Failure error={plan.error} />}
        <Button
          variant="default"
          disabled={!isReady}
          loading={plan.isRunning}
          onClick={() => void ask()}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('showEffect')}
        </Button>
      </Stack>
      <Confirm
        title={t('resetConfirm', { name: flow.name })}
        action={t('resetDo')}
        isOpen={foreseen !== null}
        isRunning={reset.isRunning}
        error={reset.error}
        onConfirm={() => void confirm()}
        onClose={form.close}
      >
        {foreseen !== null && <Effect foreseen={foreseen} flow={flow} />}
      </Confirm>
    </Section>
  );
}

function Effect({ foreseen: { of, place, effect }, flow }: { readonly foreseen: Foreseen; readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t(`place.${place}`)}
      </Text>
      <Stand marker={place === 'HERE' ? flow.syncState.marker : of.to.marker} />
      <Text size="sm">{effect}</Text>
      <Text size="sm">{t(`placeEffect.${place}`, { source: flow.source.name })}</Text>
    </Stack>
  );
}

/** The position that is meant, where there is one. */
function Stand({ marker }: { readonly marker: string | null | undefined }) {
  if (marker == null) return null;
  return (
    <Text size="sm" component="div">
      <MarkerWords marker={marker} />
    </Text>
  );
}
