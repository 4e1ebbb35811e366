/** /systems: every connected system, whether it answers and since when, how fast, and how much goes wrong; connecting another one. */
import {
  Anchor,
  Button,
  Card,
  Group,
  Modal,
  NativeSelect,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/session.tsx';
import {
  SystemsChangedDocument,
  SystemsConnectorsDocument,
  SystemsDocument,
  type SystemsRowFragment,
} from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { Status } from '../../parts/status.tsx';
import { RestoreNotice } from '../restore/notice.tsx';
import { ConnectForm } from './connect-form.tsx';
import { Circuit, Events, FailureShare, Latency, Reason } from './system-parts.tsx';

export function SystemsPage() {
  const { t } = useTranslation();
  const { t: words } = useTranslation('systems');
  const mayConnect = useMay('WRITE_SYSTEMS');
  const [isConnecting, setConnecting] = useState(false);
  const asked = useAsk(SystemsDocument, {}, { everyMs: 30_000 });
  const refresh = useRefresh([SystemsDocument]);
  useLive(SystemsChangedDocument, {}, { onNews: refresh });
  const connect = mayConnect && <Button onClick={() => setConnecting(true)}>{words('connect')}</Button>;
  return (
    <Page title={t('pageSystems')} about={words('about')} actions={connect}>
      <RestoreNotice />
      <Answer of={asked}>
        {({ systems }) =>
          systems.length === 0 ? (
            <Nothing kind="yet" title={words('none')}>
              <Text size="sm">{words('noneHint')}</Text>
              {mayConnect && (
                <Button component={Link} to="/setup">
                  {words('toSetup')}
                </Button>
              )}
            </Nothing>
          ) : (
            <SimpleGrid cols={{ base: 1, lg: 2 }}>
              {systems.map((system) => (
                <SystemCard key={system.id} system={system} />
              ))}
            </SimpleGrid>
          )
        }
      </Answer>
      <Modal
        opened={isConnecting}
        onClose={() => setConnecting(false)}
        title={words('connect')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {isConnecting && <Connect taken={asked.data?.systems.map(({ key }) => key) ?? []} />}
      </Modal>
    </Page>
  );
}

function SystemCard({ system }: { readonly system: SystemsRowFragment }) {
  const { t } = useTranslation('systems');
  const { t: common } = useTranslation();
  const { id, name, connector, status, statusReason, statusSince, health, flows } = system;
  const rows = [
    [t('circuit'), <Circuit key="circuit" system={system} />],
    [t('latency'), <Latency key="latency" system={system} />],
    [t('failures'), <FailureShare key="failures" system={system} />],
    [t('lastAnswer'), health.lastSuccessAt == null ? t('never') : <Moment key="answer" at={health.lastSuccessAt} />],
    [
      t('flows'),
      <Anchor key="flows" component={Link} to="/flows" search={{ system: id } as never} size="sm">
        {t('flows', { count: flows.length })}
      </Anchor>,
    ],
    [
      common('pageActivity'),
      <Events key="activity" of={id}>
        {t('lastHour')}
      </Events>,
    ],
  ] as const;
  return (
    <Card withBorder component="section" aria-label={name}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h4">
            <Link to="/systems/$systemId" params={{ systemId: id }}>
              {name}
            </Link>
          </Title>
          <Text size="sm" className="muted">
            {connector?.name === name ? null : connector?.name}
          </Text>
        </div>
        <div style={{ textAlign: 'right' }}>
          <Status kind="connection" state={status} />
          <Text size="sm" className="muted">
            <Moment at={statusSince} />
          </Text>
        </div>
      </Group>
      <Reason text={statusReason} isRefused={status === 'CREDENTIALS_REJECTED'} />
      <Table withRowBorders={false} verticalSpacing={3} mt="sm" horizontalSpacing={0}>
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
    </Card>
  );
}

/** Which kind, by which key, then the form of its connector. */
function Connect({ taken }: { readonly taken: readonly string[] }) {
  const { t } = useTranslation('systems');
  const navigate = useNavigate();
  const asked = useAsk(SystemsConnectorsDocument, {});
  const [kind, setKind] = useState<string | null>(null);
  const [key, setKey] = useState<string | null>(null);
  return (
    <Answer of={asked}>
      {({ connectors }) => {
        const connector = connectors.find((each) => each.key === kind) ?? connectors[0];
        if (connector === undefined) return null;
        const free = [connector.key, ...[2, 3, 4, 5].map((n) => `${connector.key}-${n}`)].find(
          (each) => !taken.includes(each),
        );
        const newKey = key ?? free ?? '';
        return (
          <Stack gap="md">
            <NativeSelect
              data-autofocus
              label={t('kind')}
              value={connector.key}
              data={connectors.map((each) => ({ value: each.key, label: each.name }))}
              onChange={(event) => setKind(event.currentTarget.value)}
            />
            <TextInput
              label={t('key')}
              description={t('keyHint')}
              value={newKey}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
            <ConnectForm
              key={connector.key}
              connector={connector}
              system={null}
              newKey={newKey}
              saveWord={t('connect')}
              onSaved={(id) => void navigate({ to: '/systems/$systemId', params: { systemId: id } })}
            />
          </Stack>
        );
      }}
    </Answer>
  );
}
