/** What is left to do before anything moves; each step is ticked by how things really stand. */
import { Button, Stack, Text } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { Panel } from './panel.tsx';
import type { Seen } from './seen.ts';

const steps = ['connect', 'connectOther', 'makeFlow', 'enableFlow'] as const;

export function Checklist({ overview: { systems, flows } }: { readonly overview: Seen }) {
  const { t } = useTranslation('overview');
  const { t: common } = useTranslation();
  const mayConnect = useMay('WRITE_SYSTEMS');
  const mayFlow = useMay('WRITE_FLOWS');
  const done = {
    connect: systems.length > 0,
    connectOther: systems.length > 1,
    makeFlow: flows.length > 0,
    enableFlow: flows.some(({ state }) => state === 'ENABLED'),
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
