/** Tells those who listen what has arrived: in one sentence for all of it, at most every ten seconds. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const everyMs = 10_000;
const kept = 3;

interface Arrivals {
  readonly count: number;
  readonly failed: number;
}

export function Announcements({ arrivals }: { readonly arrivals: Arrivals }) {
  const { t } = useTranslation('activity');
  const [sentences, setSentences] = useState<readonly { readonly key: number; readonly text: string }[]>([]);
  const told = useRef<Arrivals>({ count: 0, failed: 0 });
  const tell = useEffectEvent(() => {
    const count = arrivals.count - told.current.count;
    const failed = arrivals.failed - told.current.failed;
    if (count <= 0) return;
    told.current = arrivals;
    const text = `${t('announced', { count })} ${failed > 0 ? t('sumFailed', { count: failed, number: String(failed) }) : ''}`;
    setSentences((before) => [...before, { key: arrivals.count, text }].slice(-kept));
  });
  useEffect(() => {
    const timer = setInterval(tell, everyMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <div role="log" aria-live="polite" aria-label={t('announcements')} className="visually-hidden">
      {sentences.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
