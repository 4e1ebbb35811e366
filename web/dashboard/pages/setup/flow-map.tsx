/** The two systems and what goes between them, drawn as it is chosen. The choices beside it say the same in words. */
import { useTranslation } from 'react-i18next';
import { entities, type Choice } from './flow-choice.ts';

const row = 30;
const top = 44;

export function FlowMap({
  choice,
  first,
  second,
}: {
  readonly choice: Choice;
  readonly first: string;
  readonly second: string;
}) {
  const { t: kinds } = useTranslation('kinds');
  const height = top + entities.length * row + 8;
  const ends = { x1: 130, x2: 390 };
  return (
    <svg viewBox={`0 0 520 ${height}`} width="100%" style={{ maxWidth: 520 }} aria-hidden="true">
      {[
        { x: 2, name: first },
        { x: 392, name: second },
      ].map(({ x, name }) => (
        <g key={x}>
          <rect
            x={x}
            y="2"
            width="126"
            height={height - 4}
            rx="8"
            fill="none"
            stroke="var(--mantine-color-default-border)"
          />
          <text x={x + 63} y="26" textAnchor="middle" fontSize="14" fontWeight="600" fill="currentColor">
            {name.length > 15 ? `${name.slice(0, 14)}…` : name}
          </text>
        </g>
      ))}
      {entities.map((entity, index) => {
        const y = top + index * row + 12;
        const direction = choice[entity];
        const isOn = direction !== 'off';
        const color = isOn ? 'var(--mantine-primary-color-filled)' : 'var(--mantine-color-default-border)';
        return (
          <g key={entity} stroke={color} fill={color}>
            <line {...ends} y1={y} y2={y} strokeWidth={isOn ? 2.4 : 1.2} strokeDasharray={isOn ? undefined : '3 5'} />
            {(direction === 'there' || direction === 'both') && <path d={`M388 ${y}l-9 -5v10z`} />}
            {(direction === 'back' || direction === 'both') && <path d={`M132 ${y}l9 -5v10z`} />}
            <text x="260" y={y - 5} textAnchor="middle" fontSize="12" stroke="none" fill="currentColor">
              {kinds(`entities.${entity}`)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
