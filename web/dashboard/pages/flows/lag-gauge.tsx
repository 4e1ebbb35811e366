/** How far a flow is behind: a bar up to a quarter of an hour, and the delay beside it. */
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';

const fullSeconds = 900;
const width = 60;

export function LagGauge({ lagSeconds }: { readonly lagSeconds: number | null | undefined }) {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  const isBehind = lagSeconds != null;
  // Seconds and minutes are both seen: the bar grows with the logarithm.
  const share = isBehind ? Math.min(Math.log10(1 + lagSeconds) / Math.log10(1 + fullSeconds), 1) : 0;
  const tone = share >= 1 ? 'failed' : share > 0.6 ? 'retrying' : 'ok';
  const words = isBehind ? formats.duration(lagSeconds * 1_000) : t('noLag');
  return (
    <span className="status" title={t('gauge')}>
      <svg className={`tone-${tone}`} width={width} height="8" aria-hidden="true">
        <rect width={width} height="8" rx="4" fill="var(--mantine-color-default-border)" />
        <rect width={Math.max(share * width, isBehind ? 4 : 0)} height="8" rx="4" fill="currentColor" />
      </svg>
      <span className={isBehind ? undefined : 'muted'}>{words}</span>
    </span>
  );
}
