/**
 * /setup: from nothing to two systems that are synchronised. Each step makes what it is about at once (the system, the flow, the value list), so that it can
 * be left and taken up again anywhere.
 */
import { Box, Button, Group, NativeSelect, NavLink, Paper, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { SetupDocument, type SetupQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Page } from '../../parts/page.tsx';
import { Shape } from '../../parts/status.tsx';
import { AlertsStep } from './alerts-step.tsx';
import { FlowsStep } from './flows-step.tsx';
import { LanguageStep } from './language-step.tsx';
import { LiveStep } from './live-step.tsx';
import { MatchingStep } from './matching-step.tsx';
import {
  after,
  blockedBy,
  isStepName,
  stateOf,
  stepNames,
  type SetupState,
  type StepName,
  type StepProps,
} from './steps.ts';
import { SystemStep } from './system-step.tsx';
import { TrialStep } from './trial-step.tsx';
import { ValuesStep } from './values-step.tsx';

const route = getRouteApi('/inside/setup');

export function SetupPage() {
  const { t } = useTranslation();
  const { t: words } = useTranslation('setup');
  const asked = useAsk(SetupDocument, {}, { everyMs: 10_000 });
  return (
    <Page title={t('pageSetup')} about={words('about')}>
      <Answer of={asked}>{(data) => <Steps data={data} />}</Answer>
    </Page>
  );
}

const bodies: Readonly<Record<StepName, (props: StepProps) => React.ReactNode>> = {
  language: LanguageStep,
  first: (props) => <SystemStep key="first" side="first" {...props} />,
  second: (props) => <SystemStep key="second" side="second" {...props} />,
  flows: FlowsStep,
  matching: MatchingStep,
  values: ValuesStep,
  trial: TrialStep,
  alerts: AlertsStep,
  live: LiveStep,
};

function Steps({ data }: { readonly data: SetupQuery }) {
  const { step: asked } = route.useSearch();
  const navigate = useNavigate();
  const state = stateOf(data);
  // What the page was opened with stays open while its own work makes it done.
  const opened = useRef(state.current);
  const step = isStepName(asked) ? asked : opened.current;
  const go = (to: StepName): void => void navigate({ to: '/setup', search: { step: to } });
  const Body = bodies[step];
  const blocker = blockedBy(state, step);
  return (
    <Group align="flex-start" gap="lg" wrap="wrap">
      <StepList state={state} step={step} onGo={go} />
      <Paper withBorder p={{ base: 'sm', sm: 'lg' }} radius="md" style={{ flex: '1 1 420px', minWidth: 0 }}>
        <StepTitle step={step} state={state} />
        {blocker === null ? (
          <Body key={step} data={data} state={state} onDone={() => go(after(step))} />
        ) : (
          <Blocked by={blocker} state={state} onGo={go} />
        )}
      </Paper>
    </Group>
  );
}

/** Names of the two systems stand in the names of their steps. */
function useStepWord(state: SetupState): (step: StepName) => string {
  const { t } = useTranslation('setup');
  return (step) => {
    if (step === 'first' || step === 'second') {
      const name = state[step]?.system?.name ?? state[step]?.connector.name ?? '';
      return t('stepConnect', { name });
    }
    return t(`step_${step}`);
  };
}

function StepTitle({ step, state }: { readonly step: StepName; readonly state: SetupState }) {
  const { t } = useTranslation('setup');
  const word = useStepWord(state);
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  // Whoever goes on reads on from the new heading.
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [step]);
  return (
    <Box mb="md">
      <Text size="sm" className="muted">
        {t('stepOf', { number: stepNames.indexOf(step) + 1, all: stepNames.length })}
      </Text>
      <Title order={2} tabIndex={-1} ref={heading}>
        {word(step)}
      </Title>
    </Box>
  );
}

function StepList({
  state,
  step,
  onGo,
}: {
  readonly state: SetupState;
  readonly step: StepName;
  onGo(step: StepName): void;
}) {
  const { t } = useTranslation('setup');
  const word = useStepWord(state);
  return (
    <Box component="nav" aria-label={t('steps')} style={{ flex: '0 1 260px', minWidth: 220 }}>
      <NativeSelect
        hiddenFrom="sm"
        aria-label={t('steps')}
        value={step}
        data={stepNames.map((value, index) => ({
          value,
          label: `${state.done[value] ? '✓ ' : ''}${index + 1}. ${word(value)}`,
        }))}
        onChange={(event) => onGo(event.currentTarget.value as StepName)}
      />
      <Stack component="ol" gap={2} p={0} m={0} style={{ listStyle: 'none' }} visibleFrom="sm">
        {stepNames.map((name, index) => (
          <li key={name}>
            <NavLink
              component="button"
              type="button"
              active={name === step}
              aria-current={name === step ? 'step' : undefined}
              label={`${index + 1}. ${word(name)}`}
              description={
                state.done[name]
                  ? t('isDone')
                  : name === 'alerts' && state.isSkipped
                    ? t('isSkipped')
                    : name === state.current
                      ? t('isNext')
                      : t('isOpen')
              }
              leftSection={<Shape tone={state.done[name] ? 'ok' : name === state.current ? 'pending' : 'excluded'} />}
              onClick={() => onGo(name)}
            />
          </li>
        ))}
      </Stack>
    </Box>
  );
}

function Blocked({
  by,
  state,
  onGo,
}: {
  readonly by: StepName;
  readonly state: SetupState;
  onGo(step: StepName): void;
}) {
  const { t } = useTranslation('setup');
  const word = useStepWord(state);
  return (
    <Stack align="flex-start">
      <Text size="sm">{t('first', { step: word(by) })}</Text>
      <Button onClick={() => onGo(by)}>{t('goTo', { step: word(by) })}</Button>
    </Stack>
  );
}
