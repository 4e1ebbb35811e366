/** How much of something is done, as a ring; the number stands next to it. */
const radius = 9;
const round = 2 * Math.PI * radius;

/** `part` of `whole`; what reads the page aloud gets the text beside it. */
export function Ring({ part, whole }: { readonly part: number; readonly whole: number }) {
  const share = whole === 0 ? 0 : part / whole;
  return (
    <svg width={26} height={26} viewBox="0 0 26 26" aria-hidden="true" className="mapping-ring">
      <circle cx={13} cy={13} r={radius} className="mapping-ring-whole" />
      <circle
        cx={13}
        cy={13}
        r={radius}
        className="mapping-ring-part"
        strokeDasharray={`${share * round} ${round}`}
        transform="rotate(-90 13 13)"
      />
    </svg>
  );
}
