/** The named filters of a list: choose one, name the present one, begin with one. */
import { Button, Menu, Text } from '@mantine/core';
import { IconBookmark, IconCheck, IconStar } from '@tabler/icons-react';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useEffectEvent, useRef, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../app/lazy-page.ts';
import { useAsk } from '../api/hooks.ts';
import { ListViewsDocument, type ListViewFragment } from '../graph/graphql.ts';
import type { SavedViewList } from '../graph/kinds.ts';
import { Lines, Waiting } from './answer.tsx';
import { Page } from './page.tsx';
import { filterIn, viewPath } from './view-paths.ts';

const SaveView = lazyPart(async () => (await import('./view-dialogs.tsx')).SaveView, ['views']);
const ManageViews = lazyPart(async () => (await import('./view-dialogs.tsx')).ManageViews, ['views']);

export function Views({ list }: { readonly list: SavedViewList }) {
  const { t } = useTranslation('views');
  const { data } = useAsk(ListViewsDocument, {});
  const views = (data?.savedViews ?? []).filter((view) => view.list === list);
  const filter = useRouterState({ select: ({ location }) => filterIn(location.searchStr) });
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const navigate = useNavigate();
  const open = (query: string): void => void navigate({ href: viewPath(list, query) });
  const present = filter === '' ? undefined : views.find((view) => filterIn(view.query) === filter);
  const close = (): void => {
    setDialog(null);
    button.current?.focus();
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            ref={button}
            variant="default"
            size="sm"
            leftSection={<IconBookmark size={16} aria-hidden="true" />}
            maw={260}
          >
            {present === undefined ? t('views') : <Named view={present} />}
          </Button>
        </Menu.Target>
        <Menu.Dropdown maw={320}>
          <Menu.Item leftSection={<Mark isShown={filter === ''} />} onClick={() => open('')}>
            {t('everything')}
          </Menu.Item>
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              leftSection={<Mark isShown={view === present} />}
              rightSection={view.isDefault && <IconStar size={14} role="img" aria-label={t('default')} />}
              onClick={() => open(view.query)}
            >
              {view.name}
              {!view.isOwn && (
                <Text size="xs" className="muted">
                  {t('from', { name: view.ownerName })}
                </Text>
              )}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item disabled={filter === ''} onClick={() => setDialog('save')}>
            {t('save')}
          </Menu.Item>
          <Menu.Item disabled={views.length === 0} onClick={() => setDialog('manage')}>
            {t('manage')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {dialog === 'save' && <SaveView list={list} filter={filter} views={views} onClose={close} />}
        {dialog === 'manage' && <ManageViews list={list} views={views} onClose={close} />}
      </Suspense>
    </>
  );
}

function Named({ view }: { readonly view: ListViewFragment }) {
  const { t } = useTranslation('views');
  return (
    <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', lineHeight: 1.5 }}>
      {t('viewNamed', { name: view.name })}
    </span>
  );
}

function Mark({ isShown }: { readonly isShown: boolean }) {
  const { t } = useTranslation('views');
  return isShown ? <IconCheck size={14} role="img" aria-label={t('present')} /> : <span style={{ width: 14 }} />;
}

/**
 * A list that begins with the person's default. Nothing is asked for it before it is known with which filter it begins. Once, when the list is
 * opened; whoever takes the filter away afterwards sees everything.
 */
export const beginningWithDefault = (list: SavedViewList, List: ComponentType): ComponentType =>
  function Beginning() {
    const filter = useRouterState({ select: ({ location }) => filterIn(location.searchStr) });
    const navigate = useNavigate();
    const [isBegun, begin] = useState(filter !== '');
    const { data, error } = useAsk(ListViewsDocument, {}, { isOff: isBegun });
    const isKnown = data !== undefined || error !== null;
    const chosen = data?.savedViews.find((view) => view.list === list && view.isDefault);
    const onKnown = useEffectEvent(() => {
      if (isBegun) return;
      if (chosen === undefined || filter !== '') begin(true);
      else void navigate({ href: viewPath(list, chosen.query), replace: true }).finally(() => begin(true));
    });
    useEffect(() => {
      if (isKnown) onKnown();
    }, [isKnown]);
    return isBegun ? <List /> : <NotBegun title={titles[list]} />;
  };

/** What the pages of the lists are called; that of the audit is a part of another page. */
const titles = { ACTIVITY: 'pageActivity', PROBLEMS: 'pageProblems', PRODUCTS: 'pageProducts', CUSTOMERS: 'pageCustomers', ORDERS: 'pageOrders', STOCK: 'pageStock', AUDIT: null } as const; // prettier-ignore

function NotBegun({ title }: { readonly title: (typeof titles)[SavedViewList] }) {
  const { t } = useTranslation();
  const rows = (
    <Waiting>
      <Lines />
    </Waiting>
  );
  return title === null ? rows : <Page title={t(title)}>{rows}</Page>;
}
