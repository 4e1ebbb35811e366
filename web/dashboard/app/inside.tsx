/**
 * Around every page behind the sign-in: header, menu, content. Who has not signed in is led to /account and back; whose session is
 * over signs in over the page.
 */
import { Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Suspense, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../parts/failure.tsx';
import { Lines, Waiting } from '../parts/answer.tsx';
import { hasChosenLanguage, isPageLanguage, speak } from '../words/language.ts';
import { Header } from './header.tsx';
import { lazyPart } from './lazy-page.ts';
import { Menu } from './menu.tsx';
import { Messages } from './messages.tsx';
import { SessionContext, sessionKey, signedOut, useRestart, useSessionAnswer, type Session } from './session.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Tools } from './tools.tsx';

const SignInAgain = lazyPart(async () => (await import('../pages/account/page.tsx')).SignInAgain, ['account', 'tools']);

/** Registered before anything below the sign-in listens: no key acts on what is covered, nor does Escape uncover it. */
const keepBelow = (event: KeyboardEvent): void => {
  if (document.querySelector('.cover') === null) return;
  event.stopImmediatePropagation();
  if (event.key === 'Escape') event.preventDefault();
};
addEventListener('keydown', keepBelow, true);

export function Inside() {
  const { data: session, error, refetch } = useSessionAnswer();
  const { href } = useLocation();
  const navigate = useNavigate();
  /** Of the person who was here last: the page with what was entered stays when the session is over. */
  const [seen, setSeen] = useState<Session | null>(null);
  if (session?.user != null && session !== seen) setSeen(session);
  const answers = useQueryClient();
  const restart = useRestart();
  const isIn = seen !== null;
  // When it is needed the hub may have another version, or be away.
  useEffect(() => void (isIn && SignInAgain.preload()), [isIn]);
  const leave = useEffectEvent(() => {
    setSeen(null);
    answers.setQueryData<Session>(sessionKey, { user: null, needsFirstAccount: false, scopes: [] });
    void restart();
  });
  useEffect(() => {
    const onSignedOut = (): void => leave();
    signedOut.addEventListener('message', onSignedOut);
    return () => signedOut.removeEventListener('message', onSignedOut);
  }, []);
  const isOut = session?.user === null;
  // The address has changed already while the page behind it is on its way, and this one still stands.
  const isLeaving = href.startsWith('/account');
  const isLed = isOut && !isLeaving && (seen === null || session.needsFirstAccount);
  useLanguageOf(session?.user?.language);
  useEffect(() => {
    if (isLed) void navigate({ to: '/account', search: href === '/' ? {} : { back: href }, replace: true });
  }, [isLed, href, navigate]);
  if (seen === null)
    return (
      <main className="shell-main">
        {session === undefined && error !== null ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Waiting>{<Lines />}</Waiting>
        )}
      </main>
    );
  return (
    <SessionContext value={seen}>
      <Frame key={seen.user?.id} />
      <Suspense>{isOut && !isLeaving && !isLed && <SignInAgain />}</Suspense>
    </SessionContext>
  );
}

/** Who has chosen none in this browser reads the pages in the language of the account; what the hub said in another is asked again. */
function useLanguageOf(account: string | undefined): void {
  const { i18n } = useTranslation();
  const answers = useQueryClient();
  useEffect(() => {
    if (isPageLanguage(account) && !hasChosenLanguage() && i18n.language !== account) void speak(account, false);
  }, [account, i18n]);
  useEffect(() => {
    // Also what is being asked for the first time: that is not asked again unless it is given up.
    const again = (): void => void answers.cancelQueries().then(() => answers.invalidateQueries());
    i18n.on('languageChanged', again);
    return () => i18n.off('languageChanged', again);
  }, [answers, i18n]);
}

function Frame() {
  const { t } = useTranslation();
  const [isMenuOpen, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(() => menu.close(), [pathname, menu.close]);
  useShortcuts();
  return (
    <div className="shell" data-menu={isMenuOpen || undefined}>
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <header className="shell-header">
        <Burger
          opened={isMenuOpen}
          onClick={menu.toggle}
          hiddenFrom="md"
          size="sm"
          aria-label={t('menu')}
          aria-expanded={isMenuOpen}
        />
        <Header />
      </header>
      <div className="shell-side">
        <nav className="shell-menu" aria-label={t('menu')}>
          <Menu />
        </nav>
        <Messages />
      </div>
      <main id="content" className="shell-main" tabIndex={-1}>
        <Outlet />
      </main>
      <Tools />
    </div>
  );
}
