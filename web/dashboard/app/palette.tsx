/** The command palette: pages by their names, records by code, number or name; Enter opens. */
import { Group, Kbd, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconBookmark, IconFile } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { use, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/hooks.ts';
import { ListViewsDocument, PaletteSearchDocument, type PaletteSearchQuery } from '../graph/graphql.ts';
import { Shape, toneOf } from '../parts/status.tsx';
import { recordPath } from '../parts/record-paths.ts';
import { listPaths, viewPath } from '../parts/view-paths.ts';
import { pageGroups } from './pages.ts';
import { SessionContext } from './session.tsx';
import { closeTool } from './tool-switches.ts';
import '@mantine/spotlight/styles.layer.css';

const [store, spotlight] = createSpotlight();
const typingMs = 150;
const none: readonly SearchHit[] = [];

export function Palette() {
  const { t } = useTranslation('tools');
  const [text, setText] = useState('');
  const navigate = useNavigate();
  useEffect(() => spotlight.open(), []);
  const { hits, isAnswered, isFetching } = useHits(text);
  const pages = usePagesNamed(text);
  const views = useViewsNamed(text);
  const go = (href: string): void => {
    spotlight.close();
    void navigate({ href });
  };
  const wantsFirst = useRef(false);
  const onFound = useEffectEvent(() => {
    const [first] = hits;
    if (first === undefined) return;
    if (wantsFirst.current) go(pathOf(first));
    else selectFirst();
  });
  // What was found comes after the typing: Enter means the first of it, also when it was pressed before it came.
  useEffect(() => onFound(), [hits, isAnswered]);
  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      onSpotlightClose={closeTool}
      shortcut={null}
      scrollable
      maxHeight={460}
      aria-label={t('paletteTitle')}
    >
      <Spotlight.Search
        placeholder={t('palettePlaceholder')}
        aria-label={t('paletteTitle')}
        onChange={() => (wantsFirst.current = false)}
        onKeyDown={({ key }) => {
          if (key === 'Enter' && hits.length === 0 && views.length === 0 && pages.length === 0)
            wantsFirst.current = true;
        }}
      />
      <Spotlight.ActionsList>
        {hits.length > 0 && (
          <Spotlight.ActionsGroup label={t('paletteRecords')}>
            {hits.map((hit) => (
              <Spotlight.Action key={hit.id} onClick={() => go(pathOf(hit))} leftSection={<IconFile size={16} />}>
                <Hit hit={hit} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {views.length > 0 && (
          <Spotlight.ActionsGroup label={t('paletteViews')}>
            {views.map(({ id, name, path, of }) => (
              <Spotlight.Action
                key={id}
                label={name}
                description={of}
                leftSection={<IconBookmark size={16} />}
                onClick={() => go(path)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label={t('palettePages')}>
            {pages.map(({ path, name, icon: Icon, letter, isOutside }) => (
              <Spotlight.Action
                key={path}
                label={name}
                leftSection={<Icon size={16} />}
                rightSection={letter === undefined ? undefined : <Kbd size="xs">g {letter}</Kbd>}
                onClick={() => (isOutside === true ? location.assign(path) : go(path))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {hits.length === 0 && views.length === 0 && pages.length === 0 && (
          <Spotlight.Empty>{isFetching || !isAnswered ? t('paletteSearching') : t('paletteNothing')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** What the hub finds by the text; never what it found by the text before. */
function useHits(text: string) {
  const [asked] = useDebouncedValue(text.trim(), typingMs);
  const { data, isFetching, isPlaceholderData } = useAsk(PaletteSearchDocument, { text: asked }, { isOff: asked.length < 2 }); // prettier-ignore
  const isAnswered = asked.length >= 2 && asked === text.trim() && !isPlaceholderData;
  return { hits: isAnswered ? (data?.search.nodes ?? none) : none, isAnswered, isFetching };
}

/** As the arrow keys do it; the package itself selects only when the text changes. */
function selectFirst(): void {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

function usePagesNamed(text: string) {
  const { t } = useTranslation();
  const scopes = use(SessionContext)?.scopes ?? [];
  const wanted = text.trim().toLocaleLowerCase();
  return pageGroups
    .flatMap(({ pages }) => pages)
    .filter(({ scope }) => scopes.includes(scope))
    .map((page) => ({ ...page, name: t(page.word) }))
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
}

/** Filters of lists that somebody has named, when something is typed that they are called. */
function useViewsNamed(text: string) {
  const { t } = useTranslation();
  const { data } = useAsk(ListViewsDocument, {});
  const wanted = text.trim().toLocaleLowerCase();
  const pages = pageGroups.flatMap((group) => group.pages);
  return (data?.savedViews ?? [])
    .filter(({ name }) => wanted !== '' && name.toLocaleLowerCase().includes(wanted))
    .map(({ id, name, list, query }) => {
      const page = pages.find(({ path }) => listPaths[list].startsWith(path) && path !== '/');
      return { id, name, path: viewPath(list, query), of: page === undefined ? '' : t(page.word) };
    });
}

type SearchHit = PaletteSearchQuery['search']['nodes'][number];

function Hit({ hit }: { readonly hit: SearchHit }) {
  const { t } = useTranslation('tools');
  const { t: kinds } = useTranslation('kinds');
  return (
    <Group gap="xs" wrap="nowrap" style={{ flex: 1 }}>
      <Text size="sm" truncate style={{ flex: 1 }}>
        {titleOf(hit)}
      </Text>
      {hit.__typename === 'Order' &&
        hit.syncStatuses.map(({ state, system }, i) => (
          <Text key={i} span size="xs" className="status" title={system?.name ?? ''}>
            <Shape tone={toneOf('sync', state)} />
            <Text span inherit visibleFrom="sm">
              <span className="muted">{system?.name}</span> {kinds(`sync.${state}`)}
            </Text>
          </Text>
        ))}
      <Text size="xs" className="muted">
        {t(`kind_${hit.__typename}`)}
      </Text>
    </Group>
  );
}

function titleOf(hit: SearchHit): string {
  switch (hit.__typename) {
    case 'Order':
      return hit.number ?? hit.id;
    case 'Customer':
      return [hit.displayName, hit.number].filter(Boolean).join(' · ');
    case 'ProductVariant':
      return [hit.sku, hit.name].filter(Boolean).join(' · ');
    case 'DeadLetter':
      return [hit.externalId, hit.error.message].filter(Boolean).join(' · ');
    default:
      return hit.name;
  }
}

function pathOf(hit: SearchHit): string {
  switch (hit.__typename) {
    case 'Order':
      return recordPath('ORDER', hit.id);
    case 'Customer':
      return recordPath('CUSTOMER', hit.id);
    case 'Category':
      return recordPath('CATEGORY', hit.id);
    case 'Product':
    case 'ProductVariant':
      return recordPath('PRODUCT', hit.id);
    case 'DeadLetter':
      return `/problems/${hit.id}`;
    case 'Flow':
      return `/flows/${hit.id}`;
    case 'Mapping':
      return `/mappings/${hit.id}`;
    case 'ValueMap':
      return `/value-lists/${hit.id}`;
    case 'System':
      return `/systems/${hit.id}`;
  }
}
