/** Name, search, whether news arrives, language, colours, the person. */
import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Kbd,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../api/connection.ts';
import { useFormats } from '../parts/formats.ts';
import { languages, ownNames, speak, type PageLanguage } from '../words/language.ts';
import { Shape } from '../parts/status.tsx';
import { openPalette } from './tool-switches.ts';
import { useUser } from './session.tsx';

export function Header() {
  const { t } = useTranslation();
  return (
    <>
      <Anchor component={Link} to="/" underline="never" c="inherit" aria-label={t('hub')}>
        <Group gap={8} wrap="nowrap">
          <Mark />
          <Text fw={700} visibleFrom="xs">
            {t('hub')}
          </Text>
        </Group>
      </Anchor>
      <Button
        variant="default"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={openPalette}
        visibleFrom="sm"
        style={{ flex: '0 1 340px' }}
        justify="space-between"
        fw={400}
        styles={{ label: { marginInlineEnd: 'auto' } }}
      >
        {t('search')}
      </Button>
      <ActionIcon variant="default" size="lg" onClick={openPalette} hiddenFrom="sm" aria-label={t('search')}>
        <IconSearch size={18} />
      </ActionIcon>
      <Group gap={6} wrap="nowrap" ml="auto">
        <LiveDot />
        <LanguageChoice />
        <ColourSwitch />
        <Person />
      </Group>
    </>
  );
}

const Mark = () => (
  <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
    <g fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round">
      <path d="M13.5 10H11a6 6 0 0 0 0 12h2.5M18.5 10H21a6 6 0 0 1 0 12h-2.5M11.5 16h9" />
    </g>
  </svg>
);

function LiveDot() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { state, lastLiveAt } = useConnection();
  if (state === 'idle') return null;
  const words = {
    live: t('live'),
    reconnecting: t(lastLiveAt === null ? 'connecting' : 'reconnecting'),
    offline: t('offline', { moment: lastLiveAt === null ? '–' : formats.time(lastLiveAt) }),
  };
  const tone = { live: 'ok', reconnecting: 'retrying', offline: 'failed' } as const;
  return (
    <Text size="sm" component="span" className="status" role="status" title={t('connectionHint')}>
      <Shape tone={tone[state]} />
      <Text span size="sm" visibleFrom={state === 'live' ? 'sm' : 'base'}>
        {words[state]}
      </Text>
    </Text>
  );
}

/** A choice of the browser's own kind: light, and known to every screen reader. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <select
      className="plain-select"
      aria-label={t('language')}
      value={i18n.language}
      onChange={(event) => void speak(event.currentTarget.value as PageLanguage)}
    >
      {languages.map((language) => (
        <option key={language} value={language} lang={language} title={ownNames[language]}>
          {language.toUpperCase()}
        </option>
      ))}
    </select>
  );
}

function ColourSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const name = isDark ? t('toLight') : t('toDark');
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      aria-label={name}
      title={name}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={20} /> : <IconMoon size={20} />}
    </ActionIcon>
  );
}

function Person() {
  const { t } = useTranslation();
  const { name } = useUser();
  return (
    <ActionIcon
      component={Link}
      to="/account"
      variant="light"
      size="lg"
      radius="xl"
      aria-label={`${t('account')}: ${name}`}
      title={name}
    >
      <Text span size="xs" fw={700}>
        {initialsOf(name)}
      </Text>
    </ActionIcon>
  );
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => part.slice(0, 1).toLocaleUpperCase())
    .slice(0, 2)
    .join('');
