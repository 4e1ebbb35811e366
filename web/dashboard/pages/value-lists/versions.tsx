/** What was in use, the newest first; an earlier version can come back as a new one. */
import { Badge, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { ValueListRollbackDocument } from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/moment.tsx';
import { told } from '../../parts/told.ts';
import { Changes } from './changes.tsx';
import { touched, useEditing, type List } from './editing.ts';

type Version = List['versions'][number];

export function ListVersions() {
  const { list } = useEditing();
  return (
    <Stack gap="sm">
      {list.versions.map((version) => (
        <OneVersion key={version.number} version={version} />
      ))}
    </Stack>
  );
}

function OneVersion({ version }: { readonly version: Version }) {
  const { t } = useTranslation('valueLists');
  const { mayEdit } = useEditing();
  const [isOpen, setOpen] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const { number, note, publishedAt, publishedBy, entryCount, changes, state } = version;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap={8}>
            <Text fw={600}>{t('version', { number })}</Text>
            {state === 'PUBLISHED' && (
              <Badge variant="default" tt="none">
                {t('inUse')}
              </Badge>
            )}
          </Group>
          {note != null && <Text size="sm">{note}</Text>}
          <Text size="sm" className="muted">
            <Moment at={publishedAt} /> · {publishedBy?.name ?? t('shipped')} · {t('rowCount', { count: entryCount })}
          </Text>
        </div>
        <Group gap="xs">
          {number > 1 && changes.length > 0 && (
            <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t('changes', { count: changes.length })}
            </Button>
          )}
          {mayEdit && state === 'SUPERSEDED' && (
            <Button size="xs" variant="default" onClick={() => setAsked(true)}>
              {t('rollBack')}
            </Button>
          )}
        </Group>
      </Group>
      {isOpen && <Changes changes={changes} />}
      <RollBack number={number} isOpen={isAsked} onClose={() => setAsked(false)} />
    </Paper>
  );
}

function RollBack({ number, isOpen, onClose }: { readonly number: number; readonly isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation('valueLists');
  const { list } = useEditing();
  const rollBack = useCommand(ValueListRollbackDocument, touched);
  const [note, setNote] = useState('');
  async function run(): Promise<void> {
    const reason = note.trim() === '' ? t('rollBackNote', { number }) : note;
    await rollBack.run({ input: { id: list.id, toVersion: number, note: reason } });
    told(t('rolledBack', { number }));
    onClose();
  }
  return (
    <Confirm
      title={t('rollBackTitle', { number })}
      action={t('rollBack')}
      isOpen={isOpen}
      isRunning={rollBack.isRunning}
      error={rollBack.error}
      onClose={onClose}
      onConfirm={() => void run().catch(() => undefined)}
    >
      <Text size="sm" mb="sm">
        {t('rollBackEffect', { number })}
      </Text>
      <TextInput label={t('note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </Confirm>
  );
}
