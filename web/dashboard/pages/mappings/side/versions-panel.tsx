/** What was in use before: who published it and why, what the draft changes in it, and the way back to it. */
import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../../api/hooks.ts';
import { MappingChangesDocument, MappingRollbackDocument, MappingVersionsDocument, type MappingVersionsQuery } from '../../../graph/graphql.ts'; // prettier-ignore
import type { AfterPublish } from '../../../graph/kinds.ts';
import { Answer, Lines } from '../../../parts/answer.tsx';
import { Confirm } from '../../../parts/confirm.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { told } from '../../../parts/told.ts';
import { UndoChanges, useMayUndo } from '../../undo/undo-changes.tsx';
import { useFieldWord } from '../rules/field-name.tsx';
import { fieldName } from '../rules/names.ts';
import { RuleChanges } from '../rules/rule-changes.tsx';
import { useEditor } from '../state.ts';
import { ThenChoice } from './then-choice.tsx';

type ShownVersion = NonNullable<MappingVersionsQuery['mapping']>['versions'][number];
/** What was in use has a number, unlike a draft. */
type Version = ShownVersion & { readonly number: number };

const isNumbered = (version: ShownVersion): version is Version => version.number !== null;

/** Numbers of versions; null: the version in use, changed by the draft. */
interface Compared {
  readonly version: number | null;
  readonly until: number | null;
}
const draftInUse: Compared = { version: null, until: null };

export function VersionsPanel() {
  const { t } = useTranslation('mappings');
  const { mapping } = useEditor();
  const asked = useAsk(MappingVersionsDocument, { id: mapping.id });
  const { version: named } = useSearch({ from: '/inside/mappings/$mappingId' });
  const [compared, setCompared] = useState<Compared>(
    named === undefined ? draftInUse : { version: named, until: null },
  );
  const [back, setBack] = useState<Version | null>(null);
  return (
    <Stack gap="md" component="section" aria-label={t('versions')}>
      <Changes
        versions={asked.data?.mapping?.versions.filter(isNumbered) ?? []}
        compared={compared}
        onCompare={setCompared}
      />
      <Answer of={asked} skeleton={<Lines count={3} />}>
        {({ mapping: found }) => (
          <Stack gap="sm" component="ol" className="plain-list" aria-label={t('versions')}>
            {found?.versions.filter(isNumbered).map((version) => (
              <OneVersion
                key={version.number}
                version={version}
                isCompared={compared.version === version.number && compared.until === null}
                onCompare={() =>
                  setCompared(
                    compared.version === version.number && compared.until === null
                      ? draftInUse
                      : { version: version.number, until: null },
                  )
                }
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
        <UndoVersion number={number} />
      </Group>
    </li>
  );
}

/** Takes back what came in by the rules of a version; what a target was told by them follows from another version. */
function UndoVersion({ number }: { readonly number: number }) {
  const { t } = useTranslation('undo');
  const { mapping } = useEditor();
  const mayUndo = useMayUndo();
  const [isOpen, setOpen] = useState(false);
  if (!mayUndo || mapping.direction !== 'INBOUND') return null;
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {t('ofVersion')}
      </Button>
      {isOpen && (
        <UndoChanges of={{ kind: 'version', mappingId: mapping.id, version: number }} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

const nameOf = ({ publishedBy }: Version): string | null => {
  if (publishedBy == null) return null;
  if ('name' in publishedBy) return publishedBy.name;
  return 'keyName' in publishedBy ? publishedBy.keyName : 'processName' in publishedBy ? publishedBy.processName : null;
};

/** What the saved draft, or a version, changes in another version, rule by rule; in the version in use when none is chosen. */
function Changes({
  versions,
  compared: { version, until },
  onCompare,
}: {
  readonly versions: readonly Version[];
  readonly compared: Compared;
  onCompare(compared: Compared): void;
}) {
  const { t } = useTranslation('mappings');
  const { mapping, editing, valueMaps } = useEditor();
  const asked = useAsk(MappingChangesDocument, { id: mapping.id, version, until });
  const word = useFieldWord();
  const names = {
    nameOfList: (key: string): string => valueMaps.find((list) => list.key === key)?.name ?? key,
    wordOf: (path: string): string => word(path, fieldName(mapping.sourceFields, path)),
  };
  const numbers = versions.map(({ number }) => ({ value: String(number), label: t('versionNumber', { number }) }));
  const chosen = (value: string): number | null => (value === '' ? null : Number(value));
  return (
    <section aria-label={t('draftChanges')}>
      <Group gap="xs" mb="xs" grow>
        <NativeSelect
          label={t('compareFrom')}
          value={version ?? ''}
          onChange={(event) => onCompare({ version: chosen(event.currentTarget.value), until })}
          data={[{ value: '', label: t('usedVersion') }, ...numbers]}
        />
        <NativeSelect
          label={t('compareUntil')}
          value={until ?? ''}
          onChange={(event) => onCompare({ version, until: chosen(event.currentTarget.value) })}
          data={[{ value: '', label: t('theDraft') }, ...numbers]}
        />
      </Group>
      <Text fw={600} size="sm" mb={4}>
        {until !== null
          ? t('changesBetween', { from: version ?? mapping.publishedVersion, until })
          : version === null
            ? t('changesInUse')
            : t('changesIn', { number: version })}
      </Text>
      {editing.isChanged && until === null && (
        <Text size="xs" className="muted" mb={4}>
          {t('changesOfSaved')}
        </Text>
      )}
      <Answer of={asked} skeleton={<Lines count={2} />}>
        {({ mapping: found }) =>
          (found?.changesSince ?? []).length === 0 ? (
            <Text size="sm">{t('noChanges')}</Text>
          ) : (
            <RuleChanges
              changes={found?.changesSince ?? []}
              label={t('draftChanges')}
              names={names}
              fieldOf={(path) => fieldName(mapping.targetFields, path)}
            />
          )
        }
      </Answer>
    </section>
  );
}

function GoBack({ version, onClose }: { readonly version: Version; onClose(): void }) {
  const { t } = useTranslation('mappings');
  const { mapping, editing, isInbound } = useEditor();
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
        <ThenChoice value={then} isInbound={isInbound} onChange={setThen} />
      </Stack>
    </Confirm>
  );
}
