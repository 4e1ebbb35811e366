/** What is left to do before anything moves, and what is still missing afterwards; each step is ticked by how things really stand. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import type { OverviewPageQuery } from '../../graph/graphql.ts';
import type { SetupStepKey } from '../../graph/kinds.ts';
import { changeHabits, useHabits } from '../../parts/habits.ts';
import { Panel } from './panel.tsx';
import type { Seen } from './seen.ts';

const steps = ['connect', 'connectOther', 'makeFlow', 'alerts', 'enableFlow'] as const;

/** One that rests, or was stopped, has been live all the same. */
export const isStarted = ({ state }: Seen['flows'][number]): boolean => state !== 'DRAFT' && state !== 'DISABLED';

export function Checklist({
  overview: { flows },
  setup,
}: {
  readonly overview: Seen;
  /** How far the first steps are, as the wizard has it. */
  readonly setup: OverviewPageQuery['setup'];
}) {
  const { t } = useTranslation('overview');
  const { t: common } = useTranslation();
  const mayConnect = useMay('WRITE_SYSTEMS');
  const mayFlow = useMay('WRITE_FLOWS');
  const isDone = (step: SetupStepKey): boolean =>
    setup.steps.some(({ key, status }) => key === step && status === 'DONE');
  const done = {
    connect: isDone('CONNECT_SOURCE'),
    connectOther: isDone('CONNECT_TARGET'),
    makeFlow: isDone('CHOOSE_FLOWS'),
    alerts: isDone('ALERTS'),
    enableFlow: flows.some(isStarted),
  };
  return (
    <Panel title={t('notLive')}>
      <Stack gap="sm">
        <Text size="sm">{t('notLiveAbout')}</Text>
        <Stack component="ol" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
          {steps.map((step) => (
            <li key={step} className="status">
              {done[step] ? (
                <IconCircleCheckFilled size={20} className="tone-ok" aria-label={t('stepDone')} />
              ) : (
                <IconCircle size={20} className="tone-excluded" aria-label={t('stepOpen')} />
              )}
              <Text size="sm">{t(`step.${step}`)}</Text>
            </li>
          ))}
        </Stack>
        {mayConnect ? (
          <Button component={Link} to="/setup" style={{ alignSelf: 'flex-start' }}>
            {t('toSetup')}
          </Button>
        ) : mayFlow && flows.length > 0 ? (
          <Button component={Link} to="/flows" style={{ alignSelf: 'flex-start' }}>
            {common('pageFlows')}
          </Button>
        ) : (
          <Text size="sm">{t('askAdmin')}</Text>
        )}
      </Stack>
    </Panel>
  );
}

/** Of a hub that works: that nobody would hear of it if it did not. For those who can change that, until they put it away. */
export function NobodyTold() {
  const { t } = useTranslation('overview');
  const mayConnect = useMay('WRITE_SYSTEMS');
  const mayFlow = useMay('WRITE_FLOWS');
  const { isNobodyToldAway } = useHabits();
  if (!mayFlow || isNobodyToldAway) return null;
  return (
    <Panel
      title={t('almostDone')}
      actions={
        <Button size="compact-sm" variant="subtle" onClick={() => changeHabits({ isNobodyToldAway: true })}>
          {t('putAway')}
        </Button>
      }
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" className="status" component="div" style={{ flex: '1 1 240px', whiteSpace: 'normal' }}>
          <IconCircle size={20} className="tone-excluded" aria-label={t('stepOpen')} />
          {t('nobodyTold')}
        </Text>
        {mayConnect ? (
          <Button component={Link} to="/setup" search={{ step: 'alerts' } as never} variant="default">
            {t('step.alerts')}
          </Button>
        ) : (
          <Button component={Link} to="/alerts" search={{ tab: 'rules' } as never} variant="default">
            {t('step.alerts')}
          </Button>
        )}
      </Group>
    </Panel>
  );
}
