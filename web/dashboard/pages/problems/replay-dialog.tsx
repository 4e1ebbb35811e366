/** Trying problems again: first what it would mean, then how far it is, then how it ended. */
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { ProblemFlowResumeDocument, ProblemReplayDocument } from '../../graph/graphql.ts';
import { Waiting, Lines } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import { ReplayProgress } from './progress.tsx';
import { Said } from './said.tsx';
import { usePlans, watch, type Plan, type Targets, type Watched } from './targets.ts';

export function ReplayDialog({ targets, onClose }: { readonly targets: Targets | null; onClose(): void }) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  return (
    <Modal
      opened={targets !== null}
      onClose={onClose}
      title={t('replayTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
      size="lg"
    >
      {targets !== null && <Replay targets={targets} onClose={onClose} />}
    </Modal>
  );
}

function Replay({ targets: { selections }, onClose }: { readonly targets: Targets; onClose(): void }) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  const answers = useQueryClient();
  const { plans, isReady, error } = usePlans(selections);
  const replay = useCommand(ProblemReplayDocument, []);
  const resume = useCommand(ProblemFlowResumeDocument, []);
  const [watched, setWatched] = useState<Watched | null>(null);
  const [isRunning, setRunning] = useState(false);
  const onDone = useCallback(() => void answers.invalidateQueries(), [answers]);
  const count = plans.reduce((sum, plan) => sum + plan.count.value, 0);

  async function run(): Promise<void> {
    setRunning(true);
    try {
      const begun = await watch(selections);
      for (const selection of selections) await replay.run({ input: { selection } });
      for (const id of stoppedFlows(plans)) await resume.run({ input: { id } });
      setWatched(begun);
    } catch {
      // What went against it is shown by the commands.
    } finally {
      setRunning(false);
    }
  }

  if (watched !== null) {
    return (
      <Stack>
        <ReplayProgress watched={watched} onDone={onDone} />
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {common('close')}
          </Button>
        </Group>
      </Stack>
    );
  }
  const failure = replay.error ?? resume.error ?? error;
  return (
    <Stack>
      {isReady ? <PlanOf plans={plans} /> : error === null && <Waiting>{<Lines count={3} />}</Waiting>}
      {failure !== null && <Failure error={failure} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {common('cancel')}
        </Button>
        <Button onClick={() => void run()} loading={isRunning} disabled={!isReady || count === 0}>
          {t('replayCount', { count })}
        </Button>
      </Group>
    </Stack>
  );
}

/** Flows that the hub has stopped: what is tried again there would only be held. */
const stoppedFlows = (plans: readonly Plan[]): readonly string[] => [
  ...new Set(plans.flatMap(({ byFlow }) => byFlow.flatMap(({ flow }) => (flow?.state === 'SUSPENDED' ? [flow.id] : [])))),
]; // prettier-ignore

export function PlanOf({ plans }: { readonly plans: readonly Plan[] }) {
  const { t } = useTranslation('problems');
  const formats = useFormats();
  const now = useNow();
  const sum = (of: (plan: Plan) => number): number => plans.reduce((all, plan) => all + of(plan), 0);
  const count = sum((plan) => plan.count.value);
  const delivered = sum((plan) => plan.alreadyDelivered);
  const oldest = plans.flatMap((plan) => plan.oldest ?? []).sort()[0];
  const warnings = [...new Set(plans.flatMap((plan) => plan.warnings))];
  const stopped = plans.flatMap(({ byFlow }) => byFlow.flatMap(({ flow }) => (flow?.state === 'SUSPENDED' ? [flow.name] : []))); // prettier-ignore
  return (
    <Stack gap="xs">
      <Text>
        {t('planCount', { count })} {delivered > 0 && t('planDelivered', { count: delivered })}
      </Text>
      {oldest !== undefined && (
        <Text size="sm" className="muted">
          {t('planOldest', { moment: formats.relative(oldest, now) })}
        </Text>
      )}
      {stopped.length > 0 && (
        <Said tone="paused">{t('planResumes', { flows: formats.list([...new Set(stopped)]) })}</Said>
      )}
      {warnings.length > 0 && (
        <Said tone="retrying" title={t('planWarnings')}>
          <List size="sm">
            {warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        </Said>
      )}
    </Stack>
  );
}
