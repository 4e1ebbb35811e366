/** /settings and its parts: people, keys, audit log, configuration file, privacy, about the hub. */
import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../app/lazy-page.ts';
import { useMay } from '../../app/session.tsx';
import { Waiting, Lines } from '../../parts/answer.tsx';
import { NotAllowed } from '../../parts/failure.tsx';
import { Page } from '../../parts/page.tsx';

const tabs = {
  users: { word: 'tabUsers', Part: lazyPart(async () => (await import('./users.tsx')).Users, ['settings']) },
  keys: { word: 'tabKeys', Part: lazyPart(async () => (await import('./keys.tsx')).Keys, ['settings']) },
  audit: {
    word: 'tabAudit',
    Part: lazyPart(
      async () => (await import('./audit.tsx')).Audit,
      ['alerts', 'conflicts', 'dataExport', 'flows', 'mappings', 'orders', 'position', 'problems', 'settings', 'views'],
    ),
  },
  configuration: {
    word: 'tabConfiguration',
    Part: lazyPart(async () => (await import('./configuration.tsx')).Configuration, ['settings']),
  },
  privacy: { word: 'tabPrivacy', Part: lazyPart(async () => (await import('./privacy.tsx')).Privacy, ['settings']) },
  about: { word: 'tabAbout', Part: lazyPart(async () => (await import('./about.tsx')).About, ['settings']) },
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
