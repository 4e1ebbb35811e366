/** What can be done with the chosen problems or causes; `r`, `e` and `d` do it with them, or with the row that has the focus. */
import { Button, Group, Kbd, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLetterKey } from '../../app/shortcuts.ts';
import { useMay } from '../../app/session.tsx';
import { useHabits } from '../../parts/habits.ts';
import { AssignDialog, DiscardDialog } from './care-dialogs.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import type { Targets } from './targets.ts';

const acts = { r: 'replay', e: 'assign', d: 'discard' } as const;
type Act = (typeof acts)[keyof typeof acts];

export function ProblemActions({
  chosen,
  isEmpty,
  targetsOf,
  onDone,
}: {
  /** Ids of rows. */
  readonly chosen: ReadonlySet<string>;
  /** Nothing can be chosen; a dialog that is open stays. */
  readonly isEmpty: boolean;
  targetsOf(ids: readonly string[]): Targets;
  /** The chosen ones were dealt with. */
  onDone(): void;
}) {
  const { t } = useTranslation('problems');
  const { hasLetterKeys } = useHabits();
  const mayReplay = useMay('REPLAY');
  const [open, setOpen] = useState<{ readonly act: Act; readonly targets: Targets } | null>(null);
  const start = (act: Act, ids: readonly string[]): void => setOpen({ act, targets: targetsOf(ids) });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const act = acts[event.key as keyof typeof acts] as Act | undefined;
    if (act === undefined || !mayReplay || !isLetterKey(event)) return;
    const focused = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const ids = chosen.size > 0 ? [...chosen] : focused === undefined ? [] : [focused];
    if (ids.length > 0) start(act, ids);
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  if (!mayReplay) return null;
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    onDone();
  };
  const targetsFor = (act: Act): Targets | null => (open?.act === act ? open.targets : null);
  const button = (key: keyof typeof acts, word: string, variant: 'filled' | 'default') => (
    <Button
      size="xs"
      variant={variant}
      disabled={chosen.size === 0}
      onClick={() => start(acts[key], [...chosen])}
      rightSection={hasLetterKeys ? <Kbd size="xs">{key}</Kbd> : undefined}
    >
      {word}
    </Button>
  );
  return (
    <>
      <Group gap="xs" pb="xs" mih={36} display={isEmpty ? 'none' : undefined}>
        {button('r', t('replay'), 'filled')}
        {button('e', t('assignTo'), 'default')}
        {button('d', t('discard'), 'default')}
        <Text size="sm" className="muted" role="status">
          {chosen.size === 0 ? t('chooseSome') : t('chosen', { count: chosen.size })}
        </Text>
      </Group>
      <ReplayDialog targets={targetsFor('replay')} onClose={done} />
      <AssignDialog targets={targetsFor('assign')} onClose={close} onDone={done} />
      <DiscardDialog targets={targetsFor('discard')} onClose={close} onDone={done} />
    </>
  );
}
