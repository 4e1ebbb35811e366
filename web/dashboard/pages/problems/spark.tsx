/** How many problems of a cause began in each of the last hours, as bars; the figures stand in its name. */
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';

const [width, height, gap] = [96, 24, 1];

export function Spark({ counts }: { readonly counts: readonly number[] }) {
  const { t } = useTranslation('problems');
  const formats = useFormats();
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  const sum = counts.reduce((all, one) => all + one, 0);
  const name = t('trend', { number: formats.number(sum), last: formats.number(counts.at(-1) ?? 0) });
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={name}>
      <title>{name}</title>
      {counts.map((count, i) => {
        const tall = count === 0 ? 1 : Math.max(3, (count / most) * height);
        return (
          <rect
            key={i}
            x={i * step}
            y={height - tall}
            width={step - gap}
            height={tall}
            fill={count === 0 ? 'var(--mantine-color-default-border)' : 'var(--koppel-failed)'}
          />
        );
      })}
    </svg>
  );
}
