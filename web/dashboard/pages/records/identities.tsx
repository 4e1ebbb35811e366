/** What the systems call a record: its links, how they came about, and the guarded ways to make and to take them away. */
import { Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { RecordUnlinkDocument, type RecordIdentityFragment } from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/moment.tsx';
import { OpenThere } from '../../parts/open-there.tsx';
import { told } from '../../parts/told.ts';
import type { Named } from './history.tsx';
import { LinkButton } from './link-dialog.tsx';

export interface Identified extends Named {
  readonly identities: readonly RecordIdentityFragment[];
}

export function Identities({ records }: { readonly records: readonly Identified[] }) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const [mayFlows, mayReplay] = [useMay('WRITE_FLOWS'), useMay('REPLAY')];
  const mayLink = mayFlows && mayReplay;
  const [leaving, setLeaving] = useState<RecordIdentityFragment | null>(null);
  const rows = records.flatMap(({ label, identities }) => identities.map((identity) => ({ label, identity })));
  return (
    <section aria-label={t('identities')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('identities')}</Title>
        {mayLink && <LinkButton records={records} />}
      </Group>
      {rows.length === 0 ? (
        <Text size="sm" className="muted">
          {t('identitiesNone')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={0} type="native">
          <Table aria-label={t('identities')} verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{common('system')}</Table.Th>
                {records.length > 1 && (
                  <Table.Th scope="col" visibleFrom="sm">
                    {t('record')}
                  </Table.Th>
                )}
                <Table.Th scope="col">{t('externalId')}</Table.Th>
                <Table.Th scope="col" visibleFrom="md">
                  {t('otherCodes')}
                </Table.Th>
                <Table.Th scope="col" visibleFrom="lg">
                  {t('origin')}
                </Table.Th>
                <Table.Th scope="col" visibleFrom="lg">
                  {t('lastRead')}
                </Table.Th>
                <Table.Th scope="col" visibleFrom="md">
                  {t('lastWritten')}
                </Table.Th>
                {mayLink && <Table.Th aria-label={common('remove')} />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ label, identity }) => (
                <Table.Tr key={identity.id}>
                  <Table.Td>
                    {identity.system?.name ?? common('unknown')}
                    {records.length > 1 && (
                      <Text size="xs" className="muted" hiddenFrom="sm">
                        {label}
                      </Text>
                    )}
                  </Table.Td>
                  {records.length > 1 && <Table.Td visibleFrom="sm">{label}</Table.Td>}
                  <Table.Td miw={100} style={{ overflowWrap: 'anywhere' }}>
                    <OpenThere url={identity.url} system={identity.system?.name ?? ''}>
                      {identity.externalId}
                    </OpenThere>
                  </Table.Td>
                  <Table.Td visibleFrom="md">
                    {identity.alternateKeys.filter((key) => key !== identity.externalId).join(', ') || '–'}
                  </Table.Td>
                  <Table.Td visibleFrom="lg">{t(`from.${identity.origin}`)}</Table.Td>
                  <Table.Td visibleFrom="lg">
                    <Moment at={identity.lastSeenAt ?? identity.firstSeenAt} />
                  </Table.Td>
                  <Table.Td visibleFrom="md">
                    {identity.lastWrittenAt == null ? t('never') : <Moment at={identity.lastWrittenAt} />}
                  </Table.Td>
                  {mayLink && (
                    <Table.Td ta="right">
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        aria-label={t('unlinkFrom', { system: identity.system?.name ?? '', id: identity.externalId })}
                        onClick={() => setLeaving(identity)}
                      >
                        {t('unlink')}
                      </Button>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {leaving !== null && <Unlink identity={leaving} onClose={() => setLeaving(null)} />}
    </section>
  );
}

function Unlink({ identity, onClose }: { readonly identity: RecordIdentityFragment; onClose(): void }) {
  const { t } = useTranslation('records');
  const [reason, setReason] = useState('');
  const unlink = useCommand(RecordUnlinkDocument);
  async function go(): Promise<void> {
    try {
      await unlink.run({ input: { id: identity.id, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } });
      told(t('unlinked'));
      onClose();
    } catch {
      // The dialog shows what the hub has against it.
    }
  }
  return (
    <Confirm
      isOpen
      title={t('unlinkTitle')}
      action={t('unlink')}
      isRunning={unlink.isRunning}
      error={unlink.error}
      onClose={onClose}
      onConfirm={() => void go()}
    >
      <Stack gap="sm">
        <Text size="sm">{t('unlinkEffect', { id: identity.externalId, system: identity.system?.name ?? '' })}</Text>
        <TextInput
          label={t('reason')}
          description={t('reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </Confirm>
  );
}
