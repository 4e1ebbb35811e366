/** /alerts: what fires and who knows of it, the rules by which the hub watches, and the channels by which it tells people. */
import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.tsx';
import { ChannelsTab } from './channels-tab.tsx';
import { FiringTab } from './firing-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { moved, tabs, type AlertSearch, type Tab } from './search.ts';
import './alerts.css';

const route = getRouteApi('/inside/alerts');

export function AlertsPage() {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tab = search.tab ?? 'firing';
  const open = (next: string | null): void =>
    void navigate({ search: (next === 'firing' ? {} : { tab: next }) as AlertSearch });
  const move = (change: Partial<AlertSearch>): void => void navigate({ search: (now) => moved(now, change) });
  return (
    <Page title={common('pageAlerts')} about={t('about')}>
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>{bodies[tab]({ search, move })}</Tabs.Panel>
      </Tabs>
    </Page>
  );
}

interface Body {
  readonly search: AlertSearch;
  move(change: Partial<AlertSearch>): void;
}

const bodies: Readonly<Record<Tab, (body: Body) => React.ReactNode>> = {
  firing: ({ search, move }) => <FiringTab search={search} onMove={move} />,
  rules: () => <RulesTab />,
  channels: () => <ChannelsTab />,
};
