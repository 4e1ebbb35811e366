/**
 * Over the page of somebody whose session is over. The page stands still behind it with what was entered, and goes on when the
 * same person signs in; for anybody else it begins anew (app/inside.tsx).
 */
import { Alert, Stack } from '@mantine/core';
import { focusManager, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionKey, useUser } from '../../app/session.tsx';
import { AccountForm } from './account-form.tsx';
import { Entrance } from './entrance.tsx';

/** A dialog of the browser's own is above every other one, and nothing behind it can be reached. */
function cover(dialog: HTMLDialogElement): () => void {
  dialog.showModal();
  dialog.querySelector<HTMLInputElement>('input[name=email]')?.focus();
  return () => dialog.close();
}

/** However the browser has closed it, nothing leads past it. */
function stay({ currentTarget: dialog }: { readonly currentTarget: HTMLDialogElement }): void {
  if (dialog.isConnected) dialog.showModal();
}

export function SignInAgain() {
  const { t } = useTranslation('account');
  const user = useUser();
  const answers = useQueryClient();
  // What the page asks again by itself would be refused; whether the person has signed in elsewhere is asked instead.
  useEffect(() => {
    const ask = (): void => void answers.invalidateQueries({ queryKey: sessionKey });
    focusManager.setFocused(false);
    window.addEventListener('focus', ask);
    return () => {
      window.removeEventListener('focus', ask);
      focusManager.setFocused(undefined);
      // Somebody has signed in, here or in another tab: what was refused meanwhile is asked again.
      void answers.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    };
  }, [answers]);

  async function signedIn(): Promise<void> {
    // Another try of what fails now would wait for the focus that is withheld here.
    focusManager.setFocused(undefined);
    await answers.invalidateQueries({ queryKey: sessionKey }, { throwOnError: true });
  }

  return (
    <dialog
      className="cover"
      ref={cover}
      aria-label={t('signIn')}
      onCancel={(event) => event.preventDefault()}
      onClose={stay}
      // A dialog of the page below would keep it from being scrolled.
      onWheel={(event) => event.stopPropagation()}
      onTouchMove={(event) => event.stopPropagation()}
    >
      <Entrance>
        <Stack>
          <Alert>{t('again', { name: user.name })}</Alert>
          <AccountForm given={null} before={{}} onSignedIn={signedIn} />
        </Stack>
      </Entrance>
    </dialog>
  );
}
