/** /value-lists: all lists, those that lack codes first. */
import { Anchor, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { ValueListCreateDocument, ValueListsDocument, type ValueListsQuery } from '../../graph/graphql.ts';
import type { ValueMapKind } from '../../graph/kinds.ts';
import { Answer } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { Shape } from '../../parts/status.tsx';

const route = getRouteApi('/inside/value-lists');
type Row = ValueListsQuery['valueMaps'][number];

export const kinds: readonly ValueMapKind[] = ['TAX_CODE', 'REVENUE_ACCOUNT', 'PAYMENT_METHOD', 'SHIPPING_METHOD', 'PAYMENT_TERM', 'ORDER_STATUS', 'CUSTOM']; // prettier-ignore

export function ValueListsPage() {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const asked = useAsk(ValueListsDocument, {}, { everyMs: 15_000 });
  const [isMaking, setMaking] = useState(false);
  const mayEdit = useMay('WRITE_MAPPINGS');
  return (
    <Page
      title={common('pageValueLists')}
      about={t('about')}
      actions={mayEdit && <Button onClick={() => setMaking(true)}>{t('make')}</Button>}
    >
      <Group>
        <SearchBox
          value={search}
          label={t('searchLists')}
          onSearch={(text) => void navigate({ search: text === undefined ? {} : { search: text } })}
        />
      </Group>
      <Answer of={asked}>{({ valueMaps }) => <Lists rows={sought(valueMaps, search)} />}</Answer>
      <MakeDialog isOpen={isMaking} onClose={() => setMaking(false)} />
    </Page>
  );
}

const lacking = ({ unmapped }: Row): number => unmapped.reduce((sum, { count }) => sum + count, 0);

function sought(rows: readonly Row[], search = ''): readonly Row[] {
  const text = search.trim().toLowerCase();
  return rows
    .filter(({ name, key }) => `${name} ${key}`.toLowerCase().includes(text))
    .sort((a, b) => lacking(b) - lacking(a) || a.name.localeCompare(b.name));
}

function Lists({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      title: common('name'),
      show: ({ id, name, hasUnpublishedChanges }) => (
        <Stack gap={0}>
          <Anchor component={Link} to={`/value-lists/${id}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Anchor>
          {hasUnpublishedChanges && (
            <Text size="sm" className="muted">
              {t('unpublished')}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      key: 'kind',
      title: t('kind'),
      from: 'md',
      show: ({ kind }) => <span style={{ whiteSpace: 'nowrap' }}>{t(`kinds.${kind}`)}</span>,
    },
    {
      key: 'rows',
      title: t('rows'),
      isFigure: true,
      from: 'xs',
      show: ({ id, entries }) => (
        <Anchor component={Link} to={`/value-lists/${id}`} size="sm">
          {formats.number(entries.totalCount.value)}
        </Anchor>
      ),
    },
    {
      key: 'unmapped',
      title: t('lacking'),
      show: ({ id, unmapped }) =>
        unmapped.length === 0 ? (
          <Text size="sm" className="muted">
            {common('none')}
          </Text>
        ) : (
          <Anchor component={Link} to={`/value-lists/${id}`} size="sm" className="status">
            <Shape tone="failed" />
            {t('codes', { count: unmapped.length })}
          </Anchor>
        ),
    },
    {
      key: 'used',
      title: t('usedBy'),
      from: 'lg',
      show: ({ usedBy }) => <UsedBy mappings={usedBy} />,
    },
  ];
  if (rows.length === 0) return <Nothing kind="matches" title={common('nothingMatches')} />;
  return (
    <RecordTable
      label={common('pageValueLists')}
      rows={rows}
      columns={columns}
      pathOf={({ id }) => `/value-lists/${id}`}
    />
  );
}

export function UsedBy({ mappings }: { readonly mappings: readonly { readonly id: string; readonly name: string }[] }) {
  const { t } = useTranslation('valueLists');
  if (mappings.length === 0) return <span className="muted">{t('unused')}</span>;
  return (
    <Group gap={8}>
      {mappings.map(({ id, name }) => (
        <Anchor key={id} component={Link} to={`/mappings/${id}`} size="sm">
          {name}
        </Anchor>
      ))}
    </Group>
  );
}

function MakeDialog({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const create = useCommand(ValueListCreateDocument, [ValueListsDocument]);
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [kind, setKind] = useState<ValueMapKind>('CUSTOM');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { valueMapCreate } = await create.run({ input: { name, key, kind, whenUnmapped: 'FAIL' } });
    await navigate({ to: `/value-lists/${valueMapCreate.valueMap!.id}` });
  }
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('make')} closeButtonProps={{ 'aria-label': common('close') }}>
      <form onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Stack>
          <TextInput
            label={common('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t('key')}
            description={t('keyHint')}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('kind')}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as ValueMapKind)}
            data={kinds.map((each) => ({ value: each, label: t(`kinds.${each}`) }))}
          />
          {create.error !== null && <Failure error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={create.isRunning} disabled={name.trim() === '' || key.trim() === ''}>
              {t('make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
