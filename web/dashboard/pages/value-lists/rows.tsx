/** The rows of the draft, edited in place: Enter or leaving the field saves, Escape takes it back. */
import { ActionIcon, Badge, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeName } from '../../parts/code-choices.tsx';
import { useSentence } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { choicesFor, useEditing } from './editing.ts';
import { useRefusal } from './refusal.ts';
import { TargetInput } from './target-input.tsx';
import { codeOf, entryKey, type Entry } from './table-text.ts';

const mostShown = 100;

export function ListRows({
  entries,
  search,
  onSearch,
}: {
  readonly entries: readonly Entry[];
  readonly search: string | undefined;
  onSearch(text: string | undefined): void;
}) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const { list, mayEdit } = useEditing();
  const [limit, setLimit] = useState(mostShown);
  const text = search?.trim().toLowerCase() ?? '';
  const found = entries.filter((entry) =>
    [entry.sourceValue, entry.secondKey ?? '', entry.targetValue].some((each) => each.toLowerCase().includes(text)),
  );
  const kindOf = new Map(list.draftChanges.flatMap(({ kind, after }) => (after == null ? [] : [[entryKey({ sourceValue: after.sourceValue, secondKey: after.secondKey ?? null }), kind] as const]))); // prettier-ignore
  const hasSecond = entries.some(({ secondKey }) => secondKey !== null);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SearchBox value={search} label={t('searchRows')} onSearch={onSearch} />
        <Text size="sm" className="muted" role="status">
          {t('rowCount', { count: found.length })}
        </Text>
      </Group>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table verticalSpacing={4} aria-label={t('rows')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('code')}</Table.Th>
              {hasSecond && <Table.Th scope="col">{t('second')}</Table.Th>}
              <Table.Th scope="col">{t('becomes')}</Table.Th>
              {mayEdit && <Table.Th scope="col" aria-label={common('remove')} w={48} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {mayEdit && <NewRow hasSecond={hasSecond} />}
            {found.slice(0, limit).map((entry) => (
              <Row key={entryKey(entry)} entry={entry} hasSecond={hasSecond} change={kindOf.get(entryKey(entry))} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.length > limit && (
        <Group>
          <Button variant="default" size="xs" onClick={() => setLimit(limit + mostShown)}>
            {common('more')} ({formats.number(found.length - limit)})
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Row({
  entry,
  hasSecond,
  change,
}: {
  readonly entry: Entry;
  readonly hasSecond: boolean;
  readonly change: 'ADDED' | 'CHANGED' | 'REMOVED' | undefined;
}) {
  const { t } = useTranslation('valueLists');
  const { mayEdit, remove, choices } = useEditing();
  const [isRemoving, setRemoving] = useState(false);
  async function takeOut(): Promise<void> {
    setRemoving(true);
    await remove([{ sourceValue: entry.sourceValue, secondKey: entry.secondKey }]);
    setRemoving(false);
  }
  return (
    <Table.Tr>
      <Table.Th scope="row" miw={96} style={{ overflowWrap: 'anywhere' }}>
        <Group gap={8}>
          {entry.sourceValue}
          {change !== undefined && (
            <Badge size="xs" variant="default" tt="none">
              {t(`change.${change}`)}
            </Badge>
          )}
        </Group>
      </Table.Th>
      {hasSecond && <Table.Td>{entry.secondKey ?? <span className="muted">{t('allOthers')}</span>}</Table.Td>}
      <Table.Td>
        {mayEdit ? (
          <TargetInput entry={entry} />
        ) : (
          <>
            {entry.targetValue}
            <CodeName choices={choices} value={entry.targetValue} />
          </>
        )}
      </Table.Td>
      {mayEdit && (
        <Table.Td>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={isRemoving}
            aria-label={t('removeRow', { code: codeOf(entry) })}
            onClick={() => void takeOut()}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

const none: Entry = { sourceValue: '', secondKey: null, targetValue: '' };

/** Empty for the next row as soon as one is on its way; that comes back when it is refused and nothing else was typed meanwhile. */
function NewRow({ hasSecond }: { readonly hasSecond: boolean }) {
  const { t } = useTranslation('valueLists');
  const { save } = useEditing();
  const sentence = useSentence();
  const [entry, setEntry] = useState<Entry>(none);
  /** What is typed now, for an answer that comes later. */
  const present = useRef<Entry>(none);
  const { error, tell, tellApart } = useRefusal();
  const isWhole = entry.sourceValue.trim() !== '' && entry.targetValue.trim() !== '';
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isWhole) return;
    tell(null);
    enter(none);
    const refusal = await save([entry]);
    if (refusal === null) return;
    if (present.current !== none) return tellApart(refusal, entry);
    enter(entry);
    tell(refusal, entry);
  }
  function enter(next: Entry): void {
    present.current = next;
    setEntry(next);
  }
  const input = (name: keyof Entry, label: string) => (
    <TextInput
      size="xs"
      form="new-row"
      aria-label={label}
      placeholder={label}
      value={entry[name] ?? ''}
      onChange={(event) => enter({ ...entry, [name]: event.currentTarget.value || (name === 'secondKey' ? null : '') })}
      autoComplete="off"
      {...(name === 'targetValue' ? { list: choicesFor(entry.secondKey), error: error && sentence(error) } : {})}
    />
  );
  return (
    <Table.Tr>
      <Table.Td>{input('sourceValue', t('newCode'))}</Table.Td>
      {hasSecond && <Table.Td>{input('secondKey', t('newSecond'))}</Table.Td>}
      <Table.Td>{input('targetValue', t('newTarget'))}</Table.Td>
      <Table.Td>
        <form id="new-row" onSubmit={(event) => void submit(event)}>
          <ActionIcon type="submit" size={30} disabled={!isWhole} aria-label={t('add')} title={t('add')}>
            <IconPlus size={16} />
          </ActionIcon>
        </form>
      </Table.Td>
    </Table.Tr>
  );
}
