/** /settings and its parts: people, keys, audit log, configuration file, privacy, about the hub. */
import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { Waiting, Lines } from '../../parts/answer.tsx';
import { NotAllowed } from '../../parts/failure.tsx';
import { Page } from '../../parts/page.tsx';

const tabs = {
  users: { word: 'tabUsers', Part: lazy(() => import('./users.tsx').then(({ Users: default_ }) => ({ default: default_ }))) }, // prettier-ignore
  keys: { word: 'tabKeys', Part: lazy(() => import('./keys.tsx').then(({ Keys: default_ }) => ({ default: default_ }))) }, // prettier-ignore
  audit: { word: 'tabAudit', Part: lazy(() => import('./audit.tsx').then(({ Audit: default_ }) => ({ default: default_ }))) }, // prettier-ignore
  configuration: { word: 'tabConfiguration', Part: lazy(() => import('./configuration.tsx').then(({ Configuration: default_ }) => ({ default: default_ }))) }, // prettier-ignore
  privacy: { word: 'tabPrivacy', Part: lazy(() => import('./privacy.tsx').then(({ Privacy: default_ }) => ({ default: default_ }))) }, // prettier-ignore
  about: { word: 'tabAbout', Part: lazy(() => import('./about.tsx').then(({ About: default_ }) => ({ default: default_ }))) }, // prettier-ignore
} as const;
type Tab = keyof typeof tabs;

export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const { tab = 'users' } = useParams({ strict: false });
  const navigate = useNavigate();
  const chosen: Tab = tab in tabs ? (tab as Tab) : 'users';
  const { Part } = tabs[chosen];
  const isAdmin = useMay('ADMIN');
  if (!isAdmin)
    return (
      <Page title={common('pageSettings')}>
        <NotAllowed />
      </Page>
    );
  return (
    <Page title={common('pageSettings')} about={t('about')}>
      <Tabs value={chosen} onChange={(to) => void navigate({ to: `/settings/${to}` })} keepMounted={false}>
        <Tabs.List mb="md">
          {Object.entries(tabs).map(([name, { word }]) => (
            <Tabs.Tab key={name} value={name}>
              {t(word)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={chosen}>
          <Suspense fallback={<Waiting>{<Lines />}</Waiting>}>
            <Part />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
