/** An ISO 8601 duration of days, hours, minutes and seconds in milliseconds. Pure. */
const pattern = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/u;

/** Null for what is no such duration. */
export function millisecondsOf(duration: string): number | null {
  const found = pattern.exec(duration);
  if (found === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
