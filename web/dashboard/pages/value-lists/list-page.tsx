/** /value-lists/$listId: codes that are missing, the rows, the draft and its publication, versions. */
import { Anchor, Badge, Button, Group, Tabs } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ValueListPageDocument } from '../../graph/graphql.ts';
import { ChoiceProblems, CodeOptions } from '../../parts/code-choices.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Page } from '../../parts/page.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { choicesFor, EditingProvider, useEditing, useListEdits, type List } from './editing.ts';
import { ListGrid } from './grid.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { DiscardDraft, PublishDialog } from './publish-dialog.tsx';
import { ListRows } from './rows.tsx';
import { entriesIn } from './table-text.ts';
import { Unmapped } from './unmapped.tsx';
import { UsedBy } from './page.tsx';
import { ListVersions } from './versions.tsx';
import { WhenUnmapped } from './when-unmapped.tsx';
import type { ListTab } from './tabs.ts';

const route = getRouteApi('/inside/value-lists/$listId');

export function ValueListPage() {
  const { t } = useTranslation();
  const { listId } = route.useParams();
  const asked = useAsk(ValueListPageDocument, { id: listId }, { everyMs: 15_000 });
  return (
    <PageOfOne of={asked} pick={({ valueMap }) => valueMap} kind={t('pageValueLists')} list={{ path: '/value-lists' }}>
      {(list) => <OneList list={list} />}
    </PageOfOne>
  );
}

function OneList({ list }: { readonly list: List }) {
  const { t } = useTranslation('valueLists');
  const editing = useListEdits(list);
  const { tab, search } = route.useSearch();
  const navigate = route.useNavigate();
  const { entries } = entriesIn(list.csv);
  const hasGrid = entries.some(({ secondKey }) => secondKey !== null);
  const shown: ListTab = tab === 'grid' && !hasGrid ? 'rows' : (tab ?? 'rows');
  return (
    <EditingProvider value={editing}>
      <Page title={list.name} about={<About />} actions={<Actions />}>
        {editing.error !== null && <Failure error={editing.error} />}
        <AllChoices />
        <Unmapped />
        <Tabs
          value={shown}
          keepMounted={false}
          onChange={(next) => void navigate({ search: next === 'rows' ? {} : { tab: next as ListTab } })}
        >
          <Tabs.List>
            <Tabs.Tab value="rows">{t('rows')}</Tabs.Tab>
            {hasGrid && <Tabs.Tab value="grid">{t('grid')}</Tabs.Tab>}
            <Tabs.Tab value="versions">{t('versions')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="rows" pt="md">
            <ListRows
              entries={entries}
              search={search}
              onSearch={(text) => void navigate({ search: text === undefined ? {} : { search: text } })}
            />
          </Tabs.Panel>
          <Tabs.Panel value="grid" pt="md">
            <ListGrid entries={entries} />
          </Tabs.Panel>
          <Tabs.Panel value="versions" pt="md">
            <ListVersions />
          </Tabs.Panel>
        </Tabs>
        <WhenUnmapped list={list} />
      </Page>
    </EditingProvider>
  );
}

/** What can be chosen wherever a row is entered: per second code, because a code of a country is for that country. */
function AllChoices() {
  const { list, mayEdit, choices } = useEditing();
  if (!mayEdit) return null;
  const seconds = [...entriesIn(list.csv).entries, ...list.unmapped].map(({ secondKey }) => secondKey ?? null);
  return (
    <>
      <ChoiceProblems choices={choices} />
      {[...new Set([null, ...seconds])].map((second) => (
        <CodeOptions key={second ?? ''} id={choicesFor(second)} codes={choices.of(second)} />
      ))}
    </>
  );
}

/** What the list is, in a line. */
function About() {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const { list } = useEditing();
  return (
    <Group gap={8}>
      <Anchor component={Link} to="/value-lists" size="sm">
        {common('pageValueLists')}
      </Anchor>
      <span>{t(`kinds.${list.kind}`)}</span>
      <span>{t('version', { number: list.publishedVersion })}</span>
      {list.hasUnpublishedChanges && (
        <Badge variant="default" tt="none">
          {t('changes', { count: list.draftChanges.length })}
        </Badge>
      )}
      <UsedBy mappings={list.usedBy} />
    </Group>
  );
}

function Actions() {
  const { t } = useTranslation('valueLists');
  const { list, mayEdit } = useEditing();
  const [open, setOpen] = useState<'paste' | 'publish' | 'discard' | null>(null);
  if (!mayEdit) return null;
  const close = (): void => setOpen(null);
  return (
    <>
      <Button variant="default" onClick={() => setOpen('paste')}>
        {t('paste')}
      </Button>
      {list.hasUnpublishedChanges && (
        <>
          <Button variant="default" onClick={() => setOpen('discard')}>
            {t('discardDraft')}
          </Button>
          <Button onClick={() => setOpen('publish')}>{t('publish')}</Button>
        </>
      )}
      <PasteDialog list={list} isOpen={open === 'paste'} onClose={close} />
      <PublishDialog list={list} isOpen={open === 'publish'} onClose={close} />
      <DiscardDraft list={list} isOpen={open === 'discard'} onClose={close} />
    </>
  );
}
