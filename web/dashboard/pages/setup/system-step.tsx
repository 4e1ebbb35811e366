/** Steps 2 and 3: connecting a system, by its settings and with a live test, or the sandbox that the hub was started with. */
import { Alert, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { SetupDemoConnectDocument, SystemsTestDocument } from '../../graph/graphql.ts';
import { CheckList } from '../../parts/check-list.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Status } from '../../parts/status.tsx';
import { ConnectForm } from '../systems/connect-form.tsx';
import type { Side, StepProps } from './steps.ts';

export function SystemStep({ data, state, side: which, onDone }: StepProps & { readonly side: 'first' | 'second' }) {
  const { t } = useTranslation('setup');
  const side = state[which];
  if (side === null) return <Text size="sm">{t('noConnector')}</Text>;
  const { connector, system } = side;
  if (system !== null) return <Connected side={side} onDone={onDone} />;
  const sandbox = data.demo?.systems.find(({ connectorKey }) => connectorKey === connector.key);
  const taken = new Set(data.systems.map(({ key }) => key));
  const newKey =
    [connector.key, `${connector.key}-2`, `${connector.key}-3`].find((key) => !taken.has(key)) ?? connector.key;
  return (
    <Stack gap="lg">
      {sandbox !== undefined && <Sandbox name={connector.name} onDone={onDone} />}
      <Text size="sm">{t('connectText', { name: connector.name })}</Text>
      <ConnectForm connector={connector} system={null} newKey={newKey} saveWord={t('testAndSave')} onSaved={onDone} />
    </Stack>
  );
}

/** Connects the built-in sandboxes, both at once: one of them is of no use alone. */
function Sandbox({ name, onDone }: { readonly name: string; onDone(): void }) {
  const { t } = useTranslation('setup');
  const connect = useCommand(SetupDemoConnectDocument);
  return (
    <Alert color="blue" variant="light" title={t('sampleTitle')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('sampleText', { name })}</Text>
        <Button
          variant="default"
          loading={connect.isRunning}
          onClick={() => void connect.run({ input: {} }).then(onDone, () => undefined)}
        >
          {t('sample')}
        </Button>
        {connect.error !== null && <Failure error={connect.error} />}
      </Stack>
    </Alert>
  );
}

function Connected({ side: { connector, system }, onDone }: { readonly side: Side; onDone(): void }) {
  const { t } = useTranslation('setup');
  const { t: systems } = useTranslation('systems');
  const { t: common } = useTranslation();
  const test = useCommand(SystemsTestDocument, []);
  const [checks, setChecks] = useState<Parameters<typeof CheckList>[0]['checks'] | null>(null);
  const [isEdited, setEdited] = useState(false);
  if (system === null) return null;
  const run = async (): Promise<void> => {
    const { systemTest } = await test.run({ id: system.id });
    setChecks(systemTest.result?.checks ?? null);
  };
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Text fw={600}>
          <Link to="/systems/$systemId" params={{ systemId: system.id }}>
            {system.name}
          </Link>
        </Text>
        <Status kind="connection" state={system.status} />
      </Group>
      {system.statusReason !== null && <Text size="sm">{system.statusReason}</Text>}
      {checks !== null && <CheckList checks={checks} />}
      {test.error !== null && <Failure error={test.error} />}
      <Group>
        <Button onClick={onDone}>{t('next')}</Button>
        <Button variant="default" loading={test.isRunning} onClick={() => void run().catch(() => undefined)}>
          {systems('test')}
        </Button>
        <Button variant="subtle" aria-expanded={isEdited} onClick={() => setEdited(!isEdited)}>
          {common('edit')}
        </Button>
      </Group>
      <Collapse expanded={isEdited}>
        <ConnectForm
          connector={connector}
          system={system}
          newKey={system.key}
          saveWord={common('save')}
          onSaved={() => undefined}
        />
      </Collapse>
    </Stack>
  );
}
