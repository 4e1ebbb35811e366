/** What was in use before: who published it and why, what the draft changes in it, and the way back to it. */
import { Badge, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../../api/hooks.ts';
import { MappingChangesDocument, MappingRollbackDocument, MappingVersionsDocument, type MappingChangesQuery, type MappingVersionsQuery } from '../../../graph/graphql.ts'; // prettier-ignore
import type { AfterPublish } from '../../../graph/kinds.ts';
import { Answer, Lines } from '../../../parts/answer.tsx';
import { Confirm } from '../../../parts/confirm.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { told } from '../../../parts/told.ts';
import { editedRule } from '../model/rules.ts';
import { summaryOf } from '../rules/summary.ts';
import { useEditor } from '../state.ts';
import { ThenChoice } from './then-choice.tsx';

type ShownVersion = NonNullable<MappingVersionsQuery['mapping']>['versions'][number];
/** What was in use has a number, unlike a draft. */
type Version = ShownVersion & { readonly number: number };

const isNumbered = (version: ShownVersion): version is Version => version.number !== null;

export function VersionsPanel() {
  const { t } = useTranslation('mappings');
  const { mapping } = useEditor();
  const asked = useAsk(MappingVersionsDocument, { id: mapping.id });
  const [compared, setCompared] = useState<number | null>(null);
  const [back, setBack] = useState<Version | null>(null);
  return (
    <Stack gap="md" component="section" aria-label={t('versions')}>
      <Changes version={compared} />
      <Answer of={asked} skeleton={<Lines count={3} />}>
        {({ mapping: found }) => (
          <Stack gap="sm" component="ol" className="plain-list" aria-label={t('versions')}>
            {found?.versions.filter(isNumbered).map((version) => (
              <OneVersion
                key={version.number}
                version={version}
                isCompared={compared === version.number}
                onCompare={() => setCompared(compared === version.number ? null : version.number)}
                onBack={() => setBack(version)}
              />
            ))}
          </Stack>
        )}
      </Answer>
      {back !== null && <GoBack version={back} onClose={() => setBack(null)} />}
    </Stack>
  );
}

function OneVersion({
  version,
  isCompared,
  onCompare,
  onBack,
}: {
  readonly version: Version;
  readonly isCompared: boolean;
  onCompare(): void;
  onBack(): void;
}) {
  const { t } = useTranslation('mappings');
  const { mayEdit } = useEditor();
  const { number, state, note, publishedAt } = version;
  return (
    <li>
      <Group gap="xs">
        <Text fw={600} size="sm">
          {t('versionNumber', { number })}
        </Text>
        {state === 'PUBLISHED' && <Badge variant="light">{t('inUse')}</Badge>}
        <Text size="xs" className="muted">
          {publishedAt != null && <Moment at={publishedAt} />} · {nameOf(version) ?? t('shippedWith')}
        </Text>
      </Group>
      {note != null && version.publishedBy != null && <Text size="sm">{note}</Text>}
      <Group gap="xs" mt={4}>
        <Button size="compact-xs" variant="default" aria-pressed={isCompared} onClick={onCompare}>
          {t('compareDraft')}
        </Button>
        {mayEdit && state !== 'PUBLISHED' && (
          <Button size="compact-xs" variant="default" onClick={onBack}>
            {t('goBackTo', { number })}
          </Button>
        )}
      </Group>
    </li>
  );
}

const nameOf = ({ publishedBy }: Version): string | null => {
  if (publishedBy == null) return null;
  if ('name' in publishedBy) return publishedBy.name;
  return 'keyName' in publishedBy ? publishedBy.keyName : 'processName' in publishedBy ? publishedBy.processName : null;
};

/** What the saved draft changes, rule by rule; in the version in use when none is chosen. */
function Changes({ version }: { readonly version: number | null }) {
  const { t } = useTranslation('mappings');
  const { mapping, editing } = useEditor();
  const asked = useAsk(MappingChangesDocument, { id: mapping.id, version });
  return (
    <section aria-label={t('draftChanges')}>
      <Text fw={600} size="sm" mb={4}>
        {version === null ? t('changesInUse') : t('changesIn', { number: version })}
      </Text>
      {editing.isChanged && (
        <Text size="xs" className="muted" mb={4}>
          {t('changesOfSaved')}
        </Text>
      )}
      <Answer of={asked} skeleton={<Lines count={2} />}>
        {({ mapping: found }) => <ChangeTable changes={found?.changesSince ?? []} />}
      </Answer>
    </section>
  );
}

type RuleChanges = NonNullable<MappingChangesQuery['mapping']>['changesSince'];

function ChangeTable({ changes }: { readonly changes: RuleChanges }) {
  const { t } = useTranslation('mappings');
  const { valueMaps } = useEditor();
  if (changes.length === 0) return <Text size="sm">{t('noChanges')}</Text>;
  const nameOfList = (key: string): string => valueMaps.find((list) => list.key === key)?.name ?? key;
  const words = (rule: RuleChanges[number]['before']): string => {
    if (rule == null) return '–';
    const how = rule.kind === 'COPY' ? (rule.source ?? '') : summaryOf(editedRule(rule), t, nameOfList);
    const when = [rule.onCreate ? '' : t('notOnCreate'), rule.onUpdate ? '' : t('notOnUpdate'), rule.isEnabled ? '' : t('off')]; // prettier-ignore
    return [`${t(`kind.${rule.kind}`)} ${how}`, ...when].filter((part) => part !== '').join(' · ');
  };
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing={4} fz="sm" aria-label={t('draftChanges')} className="preview-changes">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('field')}</Table.Th>
            <Table.Th scope="col">{t('before')}</Table.Th>
            <Table.Th scope="col">{t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ kind, target, before, after }, i) => (
            <Table.Tr key={`${target}${i}`}>
              <Table.Td>
                <code>{target}</code>
                <Text size="xs" className="muted">
                  {t(`change.${kind}`)}
                </Text>
              </Table.Td>
              <Table.Td className="diff-before">{words(before)}</Table.Td>
              <Table.Td className="diff-after">{words(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function GoBack({ version, onClose }: { readonly version: Version; onClose(): void }) {
  const { t } = useTranslation('mappings');
  const { mapping, editing } = useEditor();
  const [note, setNote] = useState<string>(t('goBackNote', { number: version.number }));
  const [then, setThen] = useState<AfterPublish>('APPLY_TO_NEW');
  const rollBack = useCommand(MappingRollbackDocument);
  const confirm = async (): Promise<void> => {
    const input = { id: mapping.id, toVersion: version.number, note, then };
    const { mappingRollback } = await rollBack.run({ input });
    const { mapping: now } = mappingRollback;
    if (now != null && !editing.isChanged) editing.take(now);
    told(t('wentBack', { number: version.number, version: now?.publishedVersion ?? 0 }));
    onClose();
  };
  return (
    <Confirm
      isOpen
      title={t('goBackTo', { number: version.number })}
      action={t('goBack')}
      isRunning={rollBack.isRunning}
      error={rollBack.error}
      onClose={onClose}
      onConfirm={() => void confirm().catch(() => {})}
    >
      <Stack gap="sm">
        <Text size="sm">{t('goBackEffect', { number: version.number })}</Text>
        <TextInput label={t('noteOfVersion')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <ThenChoice value={then} onChange={setThen} />
      </Stack>
    </Confirm>
  );
}
