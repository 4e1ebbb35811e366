/** What can be done with a flow as it stands, for those who may: enable, pause with a reason, resume, run now. */
import { ActionIcon, Button, Group } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { useCommand } from '../../api/hooks.ts';
import {
  FlowsEnableDocument,
  FlowsResumeDocument,
  FlowsRunNowDocument,
  type FlowsHeadFragment,
} from '../../graph/graphql.ts';
import { told, toldFailure } from '../../parts/told.ts';
import { PauseDialog } from './pause-dialog.tsx';

/** Operators may pause, resume and run; they do not change how a flow works. */
export function useMayOperate(): boolean {
  const mayWrite = useMay('WRITE_FLOWS');
  const mayReplay = useMay('REPLAY');
  return mayWrite || mayReplay;
}

/** `isCompact`: as icons, for rows. */
export function FlowActions({
  flow,
  isCompact = false,
}: {
  readonly flow: FlowsHeadFragment;
  readonly isCompact?: boolean;
}) {
  const { t } = useTranslation('flows');
  const mayOperate = useMayOperate();
  const mayWrite = useMay('WRITE_FLOWS');
  const [isPausing, setPausing] = useState(false);
  const enable = useCommand(FlowsEnableDocument);
  const resume = useCommand(FlowsResumeDocument);
  const runNow = useCommand(FlowsRunNowDocument);
  const { id, name, state } = flow;
  // Somebody else was faster: the question is not asked again by itself when the flow goes on.
  if (isPausing && state !== 'ENABLED') setPausing(false);
  const input = { input: { id } };
  const then = (done: Promise<unknown>, said: string): void => void done.then(() => told(said), toldFailure);
  const action = (word: string, icon: Icon, isRunning: boolean, act: () => void) => (
    <Action {...{ word, icon, isRunning, act, name, isCompact }} />
  );
  return (
    <Group gap={6} wrap={isCompact ? 'nowrap' : 'wrap'}>
      {state === 'ENABLED' && mayOperate && (
        <>
          {action(t('runNow'), IconRefresh, runNow.isRunning, () => then(runNow.run(input), t('runAsked', { name })))}
          {action(t('pause'), IconPlayerPause, false, () => setPausing(true))}
          <PauseDialog flow={flow} isOpen={isPausing} onClose={() => setPausing(false)} />
        </>
      )}
      {(state === 'PAUSED' || state === 'SUSPENDED') &&
        mayOperate &&
        action(t('resume'), IconPlayerPlay, resume.isRunning, () => then(resume.run(input), t('resumed', { name })))}
      {(state === 'DISABLED' || state === 'DRAFT') &&
        mayWrite &&
        action(t('enable'), IconPlayerPlay, enable.isRunning, () => then(enable.run(input), t('enabled', { name })))}
    </Group>
  );
}

function Action({
  word,
  icon: Shown,
  name,
  isRunning,
  isCompact,
  act,
}: {
  readonly word: string;
  readonly icon: Icon;
  /** What it is done to, for those who hear the button alone. */
  readonly name: string;
  readonly isRunning: boolean;
  readonly isCompact: boolean;
  act(): void;
}) {
  const look = { variant: 'default', loading: isRunning, onClick: act, 'aria-label': `${word}: ${name}` } as const;
  return isCompact ? (
    <ActionIcon {...look} size="lg" title={word}>
      <Shown size={18} aria-hidden="true" />
    </ActionIcon>
  ) : (
    <Button {...look} leftSection={<Shown size={16} aria-hidden="true" />}>
      {word}
    </Button>
  );
}
