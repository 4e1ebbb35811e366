/**
 * What `told` and `toldFailure` have said, each until its time is over or somebody closes it. It has room of its own (below the menu, on narrow screens
 * below the header) and never lies over the page: whatever a message is about can be clicked at once.
 */
import { CloseButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endTold, useTold, type Message } from '../parts/told.ts';

const shownMs = { done: 6_000, failed: 12_000 } as const;

export const Messages = () => (
  <div className="messages">
    {useTold().map((message) => (
      <Said key={message.id} message={message} />
    ))}
  </div>
);

function Said({ message: { id, text, kind } }: { readonly message: Message }) {
  const { t } = useTranslation();
  const [isRead, setRead] = useState(false);
  useEffect(() => {
    if (isRead) return undefined;
    const timer = setTimeout(() => endTold(id), shownMs[kind]);
    return () => clearTimeout(timer);
  }, [id, kind, isRead]);
  return (
    <div
      className="message"
      data-kind={kind}
      onPointerEnter={() => setRead(true)}
      onPointerLeave={() => setRead(false)}
      onFocus={() => setRead(true)}
      onBlur={() => setRead(false)}
    >
      <span role={kind === 'failed' ? 'alert' : 'status'}>{text}</span>
      <CloseButton size="sm" aria-label={t('close')} onClick={() => endTold(id)} />
    </div>
  );
}
