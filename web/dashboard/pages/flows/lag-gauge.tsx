/** How far a flow is behind: a bar up to the delay from which on an alert fires, a quarter of an hour where none would, and the delay beside it. */
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';

const usualSeconds = 900;
const width = 60;

export function LagGauge({
  lagSeconds,
  threshold,
}: {
  readonly lagSeconds: number | null | undefined;
  /** In seconds; null when no rule watches the flow. */
  readonly threshold: number | null;
}) {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  const isBehind = lagSeconds != null;
  const fullSeconds = threshold ?? usualSeconds;
  // Seconds and minutes are both seen: the bar grows with the logarithm.
  const share = isBehind ? Math.min(Math.log10(1 + lagSeconds) / Math.log10(1 + fullSeconds), 1) : 0;
  const tone = share >= 1 ? 'failed' : share > 0.6 ? 'retrying' : 'ok';
  const words = isBehind ? formats.duration(lagSeconds * 1_000) : t('noLag');
  const full = formats.duration(fullSeconds * 1_000);
  return (
    <span
      className="status"
      style={{ flexWrap: 'wrap' }}
      title={threshold === null ? t('gauge', { full }) : t('gaugeAlert', { full })}
    >
      <svg className={`tone-${tone}`} width={width} height="8" aria-hidden="true">
        <rect width={width} height="8" rx="4" fill="var(--mantine-color-default-border)" />
        <rect width={Math.max(share * width, isBehind ? 4 : 0)} height="8" rx="4" fill="currentColor" />
      </svg>
      <span className={isBehind ? undefined : 'muted'}>{words}</span>
      {isBehind && threshold !== null && <span className="muted">/ {full}</span>}
    </span>
  );
}
