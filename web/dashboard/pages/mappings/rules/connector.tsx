/** The lines from what a rule reads to the rule, and from the rule to what it writes. Drawn for the eye only. */
export function Connector({
  from,
  to = 1,
  tone,
}: {
  /** How many things stand on the left side, and on the right one. */
  readonly from: number;
  readonly to?: number;
  readonly tone: 'plain' | 'off' | 'failed';
}) {
  const ends = Math.max(from, to);
  return (
    <svg
      className={`rule-connector rule-connector-${tone}`}
      viewBox="0 0 40 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {from > 0 &&
        Array.from({ length: ends }, (_, i) => {
          const many = ((i + 0.5) / ends) * 100;
          const [left, right] = from >= to ? [many, 50] : [50, many];
          return <path key={i} d={`M0 ${left}C20 ${left} 20 ${right} 40 ${right}`} />;
        })}
    </svg>
  );
}
