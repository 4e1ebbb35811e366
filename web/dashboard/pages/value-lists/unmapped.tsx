/** Codes that came by and have no row, the most frequent first: what they should become is entered right here. */
import { Anchor, Button, Group, Paper, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeName } from '../../parts/code-choices.tsx';
import { useSentence } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Shape } from '../../parts/status.tsx';
import { choicesFor, useEditing, type List } from './editing.ts';
import { useRefusal } from './refusal.ts';
import { codeOf, entriesIn, entryKey } from './table-text.ts';

const mostShown = 20;
type Missing = List['unmapped'][number];
const keyOf = ({ value, secondKey }: Missing): string => entryKey({ sourceValue: value, secondKey: secondKey ?? null });

export function Unmapped() {
  const { t } = useTranslation('valueLists');
  const { list } = useEditing();
  const [isAll, setAll] = useState(false);
  const unmapped = useSteady(list.unmapped);
  if (unmapped.length === 0) return null;
  const drafted = new Map(entriesIn(list.csv).entries.map((entry) => [entryKey(entry), entry.targetValue]));
  const shown = isAll ? unmapped : unmapped.slice(0, mostShown);
  return (
    <Paper withBorder p="md" component="section" aria-label={t('lacking')}>
      <Group gap={8} mb="xs">
        <Shape tone="failed" />
        <Title order={2}>{t('lacking')}</Title>
        <Anchor component={Link} to="/problems" size="sm">
          {t('toProblems')}
        </Anchor>
      </Group>
      <Text size="sm" mb="xs">
        {t(`effect.${list.whenUnmapped}`)}
      </Text>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table verticalSpacing="xs" aria-label={t('lacking')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('code')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t('timesSeen')}
              </Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {t('lastSeen')}
              </Table.Th>
              <Table.Th scope="col">{t('becomes')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((missing) => (
              <MissingRow key={keyOf(missing)} missing={missing} drafted={drafted.get(keyOf(missing))} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown.length < unmapped.length && (
        <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
          {t('showAll', { count: unmapped.length })}
        </Button>
      )}
    </Paper>
  );
}

/** Each stays where it was first shown, however often others come by meanwhile: somebody may be typing beside it. */
function useSteady(unmapped: readonly Missing[]): readonly Missing[] {
  const [order, setOrder] = useState<readonly string[]>([]);
  const present = new Map(unmapped.map((missing) => [keyOf(missing), missing]));
  const known = new Set(order);
  const come = [...present.keys()].filter((key) => !known.has(key));
  if (come.length > 0) setOrder([...order, ...come]);
  return order.flatMap((key) => present.get(key) ?? []);
}

function MissingRow({ missing, drafted }: { readonly missing: Missing; readonly drafted: string | undefined }) {
  const { t } = useTranslation('valueLists');
  const formats = useFormats();
  const { mayEdit, save, choices } = useEditing();
  const { value, secondKey, proposal, count, lastSeenAt } = missing;
  const sentence = useSentence();
  const [target, setTarget] = useState(proposal?.targetValue ?? '');
  const { error, tell } = useRefusal();
  const [isAdding, setAdding] = useState(false);
  const name = codeOf({ sourceValue: value, secondKey: secondKey ?? null });
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (target.trim() === '') return;
    const row = { sourceValue: value, secondKey: secondKey ?? null, targetValue: target.trim() };
    setAdding(true);
    const refusal = await save([row]);
    setAdding(false);
    tell(refusal, row);
  }
  return (
    <Table.Tr>
      <Table.Th scope="row" style={{ overflowWrap: 'break-word' }}>
        {name}
      </Table.Th>
      <Table.Td ta="right">{formats.number(count)}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Moment at={lastSeenAt} />
      </Table.Td>
      <Table.Td>
        {drafted !== undefined ? (
          <Text size="sm">{t('inDraft', { target: drafted })}</Text>
        ) : !mayEdit ? (
          '–'
        ) : (
          <form onSubmit={(event) => void submit(event)}>
            <Group gap="xs" align="flex-start">
              <Stack gap={2} style={{ flex: '1 1 120px' }}>
                <TextInput
                  aria-label={t('becomesOf', { code: name })}
                  value={target}
                  error={error && sentence(error)}
                  onChange={(event) => setTarget(event.currentTarget.value)}
                  list={choicesFor(secondKey)}
                  autoComplete="off"
                  size="xs"
                />
                <CodeName choices={choices} value={target} />
                {proposal != null && (
                  <Text size="xs" className="muted">
                    {proposal.version == null
                      ? t('proposedElsewhere', { target: proposal.targetValue })
                      : t('proposedBefore', { target: proposal.targetValue, version: proposal.version })}
                  </Text>
                )}
              </Stack>
              <Button type="submit" size="xs" loading={isAdding} disabled={target.trim() === ''}>
                {t('add')}
              </Button>
            </Group>
          </form>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
