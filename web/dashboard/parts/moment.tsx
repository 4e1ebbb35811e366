/** A moment as time ago, exact on hover and focus; exact at once where the person has chosen so, and in logs (`isExact`). */
import { useFormats } from './formats.ts';
import { useNow } from './now.ts';
import { useHabits } from './habits.ts';

export function Moment({ at, isExact = false }: { readonly at: string; readonly isExact?: boolean }) {
  const formats = useFormats();
  const now = useNow();
  const { isTimeExact } = useHabits();
  const exact = formats.moment(at);
  return (
    <time dateTime={at} title={exact}>
      {isExact || isTimeExact ? exact : formats.relative(at, now)}
    </time>
  );
}
