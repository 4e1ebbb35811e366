/** /systems/$systemId: how one system is doing, its settings and credentials, its flows; pausing and deleting it. */
import { Anchor, Button, Card, Group, SimpleGrid, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/session.tsx';
import {
  SystemsChangedDocument,
  SystemsDeleteDocument,
  SystemsDiscoverDocument,
  SystemsOneDocument,
  SystemsPauseDocument,
  SystemsResumeDocument,
  type SystemsRowFragment,
} from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { Status } from '../../parts/status.tsx';
import { told, toldFailure } from '../../parts/told.ts';
import { RestoreNotice } from '../restore/notice.tsx';
import { ConnectForm } from './connect-form.tsx';
import { Circuit, Events, FailureShare, Latency, Reason } from './system-parts.tsx';

const route = getRouteApi('/inside/systems/$systemId');

export function SystemPage() {
  const { t } = useTranslation();
  const { systemId } = route.useParams();
  const asked = useAsk(SystemsOneDocument, { id: systemId }, { everyMs: 30_000 });
  const refresh = useRefresh([SystemsOneDocument]);
  useLive(SystemsChangedDocument, { systemId }, { onNews: refresh });
  return (
    <PageOfOne of={asked} pick={({ system }) => system} kind={t('pageSystems')} list={{ path: '/systems' }}>
      {(system) => <Shown system={system} />}
    </PageOfOne>
  );
}

function Shown({ system }: { readonly system: SystemsRowFragment }) {
  const { t } = useTranslation('systems');
  const { t: common } = useTranslation();
  const mayWrite = useMay('WRITE_SYSTEMS');
  const { connector } = system;
  return (
    <Page
      title={system.name}
      about={connector?.name === system.name ? undefined : connector?.name}
      actions={<Actions system={system} />}
    >
      <RestoreNotice />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <State system={system} />
        <Flows system={system} />
      </SimpleGrid>
      {connector != null && mayWrite && (
        <Card withBorder component="section" aria-label={t('settings')}>
          <Title order={2} size="h4" mb="md">
            {t('settings')}
          </Title>
          <ConnectForm
            connector={connector}
            system={system}
            newKey={system.key}
            saveWord={common('save')}
            onSaved={() => undefined}
          />
        </Card>
      )}
      {mayWrite && <Fields system={system} />}
    </Page>
  );
}

function State({ system }: { readonly system: SystemsRowFragment }) {
  const { t } = useTranslation('systems');
  const { t: common } = useTranslation();
  const { status, statusSince, statusReason, health } = system;
  const { lastError, lastErrorAt, lastSuccessAt } = health;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('circuit'), <Circuit key="circuit" system={system} />],
    [t('latency'), <Latency key="latency" system={system} />],
    [t('failures'), <FailureShare key="failures" system={system} />],
    [
      common('pageActivity'),
      <Events key="activity" of={system.id}>
        {t('lastHour')}
      </Events>,
    ],
    [t('lastAnswer'), lastSuccessAt == null ? t('never') : <Moment key="answer" at={lastSuccessAt} />],
    [t('lastError'), lastErrorAt == null ? t('never') : <Moment key="error" at={lastErrorAt} />],
  ];
  return (
    <Card withBorder component="section" aria-label={t('status')}>
      <Title order={2} size="h4">
        {t('status')}
      </Title>
      <Group gap="sm" mt="xs">
        <Status kind="connection" state={status} />
        <Text size="sm" className="muted">
          <Moment at={statusSince} />
        </Text>
      </Group>
      <Reason text={statusReason} isRefused={status === 'CREDENTIALS_REJECTED'} />
      <Table withRowBorders={false} verticalSpacing={3} horizontalSpacing={0}>
        <Table.Tbody>
          {rows.map(([word, value]) => (
            <Table.Tr key={word}>
              <Table.Th scope="row" fw={400} className="muted" pr="md">
                {word}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {lastError != null && lastError.message !== statusReason && <Reason text={lastError.message} />}
    </Card>
  );
}

function Flows({ system: { id: systemId, flows } }: { readonly system: SystemsRowFragment }) {
  const { t } = useTranslation('systems');
  const formats = useFormats();
  return (
    <Card withBorder component="section" aria-label={t('flows')}>
      <Title order={2} size="h4">
        {t('flows')}
      </Title>
      {flows.length === 0 && <Text size="sm">{t('noFlows')}</Text>}
      <Stack component="ul" gap={6} p={0} mt="xs" style={{ listStyle: 'none' }}>
        {flows.map(({ id, name, state, openDeadLetterCount: problems }) => (
          <Group component="li" key={id} justify="space-between" wrap="nowrap">
            <Link to="/flows/$flowId" params={{ flowId: id }}>
              {name}
            </Link>
            <Group gap="sm" wrap="nowrap">
              {problems > 0 && (
                <Anchor component={Link} to="/problems" search={{ flow: id } as never} size="sm">
                  {t('problems', { count: problems, number: formats.number(problems) })}
                </Anchor>
              )}
              <Status kind="flow" state={state} />
            </Group>
          </Group>
        ))}
      </Stack>
      {flows.length > 0 && (
        <Anchor component={Link} to="/flows" search={{ system: systemId } as never} size="sm">
          {t('flows', { count: flows.length })}
        </Anchor>
      )}
    </Card>
  );
}

function Fields({ system: { id } }: { readonly system: SystemsRowFragment }) {
  const { t } = useTranslation('systems');
  const discover = useCommand(SystemsDiscoverDocument, []);
  const ask = async (): Promise<void> => {
    const { systemFieldsDiscover } = await discover.run({ input: { id } });
    told(systemFieldsDiscover.isChanged ? t('discovered') : t('discoveredNone'));
  };
  return (
    <Card withBorder component="section" aria-label={t('fields')}>
      <Title order={2} size="h4">
        {t('fields')}
      </Title>
      <Text size="sm" mb="sm">
        {t('fieldsHint')}
      </Text>
      <div>
        <Button variant="default" loading={discover.isRunning} onClick={() => void ask().catch(toldFailure)}>
          {t('discover')}
        </Button>
      </div>
    </Card>
  );
}

function Actions({ system }: { readonly system: SystemsRowFragment }) {
  const { t } = useTranslation('systems');
  const mayWrite = useMay('WRITE_SYSTEMS');
  const mayReplay = useMay('REPLAY');
  const [open, setOpen] = useState<'pause' | 'delete' | null>(null);
  const resume = useCommand(SystemsResumeDocument);
  const { id, status } = system;
  const isResting = status === 'PAUSED' || status === 'CREDENTIALS_REJECTED';
  if (!mayWrite && !mayReplay) return null;
  return (
    <>
      {isResting ? (
        <Button loading={resume.isRunning} onClick={() => void resume.run({ input: { id } }).catch(toldFailure)}>
          {t('resume')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setOpen('pause')}>
          {t('pause')}
        </Button>
      )}
      {mayWrite && (
        <Button variant="subtle" color="red" onClick={() => setOpen('delete')}>
          {t('delete')}
        </Button>
      )}
      {open === 'pause' && <PauseDialog system={system} onClose={() => setOpen(null)} />}
      {open === 'delete' && <DeleteDialog system={system} onClose={() => setOpen(null)} />}
    </>
  );
}

interface DialogProps {
  readonly system: SystemsRowFragment;
  onClose(): void;
}

function PauseDialog({ system: { id, name, flows }, onClose }: DialogProps) {
  const { t } = useTranslation('systems');
  const [reason, setReason] = useState('');
  const pause = useCommand(SystemsPauseDocument);
  const running = flows.filter(({ state }) => state === 'ENABLED').length;
  const why = reason.trim() === '' ? null : reason.trim();
  return (
    <Confirm
      title={t('pause')}
      action={t('pause')}
      isOpen
      isRunning={pause.isRunning}
      error={pause.error}
      onClose={onClose}
      onConfirm={() => void pause.run({ input: { id, reason: why } }).then(onClose, () => undefined)}
    >
      <Stack gap="sm">
        <Text size="sm">{t('pauseText', { name, count: running })}</Text>
        <TextInput label={t('pauseReason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Stack>
    </Confirm>
  );
}

function DeleteDialog({ system: { id, key, name }, onClose }: DialogProps) {
  const { t } = useTranslation('systems');
  const navigate = useNavigate();
  const remove = useCommand(SystemsDeleteDocument);
  async function deleteIt(): Promise<void> {
    await remove.run({ input: { id, confirmation: key } });
    told(t('deleted', { name }));
    await navigate({ to: '/systems' });
  }
  return (
    <Confirm
      title={t('deleteTitle', { name })}
      action={t('delete')}
      typed={key}
      isOpen
      isRunning={remove.isRunning}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => void deleteIt().catch(() => undefined)}
    >
      <Text size="sm">{t('deleteText')}</Text>
    </Confirm>
  );
}
