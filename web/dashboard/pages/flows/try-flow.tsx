/** What a flow that is not enabled would do with what its systems have, found out without writing anything. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { FlowsTryDocument } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { Looked, TrialFound } from '../setup/trial-run.tsx';
import { Tried } from '../setup/trial-step.tsx';
import type { SeenFlow } from './seen-flow.ts';

const most = 1_000;
const samples = 25;

export function TryFlow({ flow: { id, target } }: { readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const start = useCommand(FlowsTryDocument, []);
  const [trial, setTrial] = useState<{ readonly jobId: string; readonly isGoing: boolean } | null>(null);
  const begin = async (): Promise<void> => {
    const { flowsTry } = await start.run({ input: { flowIds: [id], most, samples } });
    if (flowsTry.job != null) setTrial({ jobId: flowsTry.job.id, isGoing: true });
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{t('tryHint', { target: target.name })}</Text>
      <Group>
        <Button
          variant="default"
          loading={start.isRunning || trial?.isGoing === true}
          // What went against it stands in `error`.
          onClick={() => void begin().catch(() => undefined)}
        >
          {t('tryNow')}
        </Button>
      </Group>
      {start.error !== null && <Failure error={start.error} />}
      {trial !== null && (
        <TrialFound
          id={trial.jobId}
          isGoing={trial.isGoing}
          onOver={() => setTrial({ jobId: trial.jobId, isGoing: false })}
        >
          {(found) => (
            <Stack gap="sm">
              <Looked trial={found} />
              {found.flows.map((tried) => (
                <Tried key={tried.flow?.id ?? ''} tried={tried} />
              ))}
            </Stack>
          )}
        </TrialFound>
      )}
    </Stack>
  );
}
