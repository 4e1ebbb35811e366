/**
 * Signing in, the first account, and invitations. The proof of a link stands behind the # of the address, which no server is sent, and is
 * taken out of the address at once, so that it stays in no history.
 */
import { Alert, Button, PasswordInput, Stack, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useRestart, useSessionAnswer, type SignedInUser } from '../../app/session.tsx';
import { Waiting, Lines } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { hasChosenLanguage, isPageLanguage, speak } from '../../words/language.ts';
import { AccountForm, typedInto, type Proof, type Typed } from './account-form.tsx';
import { Entrance } from './entrance.tsx';
import { Mine } from './mine.tsx';

// Loaded with this page, of which it has nearly all.
export { SignInAgain } from './sign-in-again.tsx';

const route = getRouteApi('/account');

/** Read when the page is loaded; over when it was used. */
let proof = takeProof();

function takeProof(): Proof {
  const given = new URLSearchParams(location.hash.slice(1));
  const [first, invitation] = [given.get('first'), given.get('invitation')];
  if (first === null && invitation === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return first === null ? { invitation: invitation! } : { first };
}

export function AccountPage() {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { data: session, error, refetch } = useSessionAnswer();
  const { back } = route.useSearch();
  const restart = useRestart();
  const navigate = useNavigate();
  useEffect(() => void (document.title = `${t('title')} · ${common('hub')}`), [t, common]);

  async function signedIn(user: SignedInUser): Promise<void> {
    if (!hasChosenLanguage() && isPageLanguage(user.language)) await speak(user.language, false);
    proof = null;
    await restart();
    // The explorer is a page of its own.
    if (back?.startsWith('/explorer') === true) location.assign(back);
    else await navigate({ to: back ?? '/' });
  }

  return (
    <Entrance>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {session === undefined && error === null && <Waiting>{<Lines count={3} height={32} />}</Waiting>}
      {session?.user != null && proof === null && <Mine user={session.user} />}
      {session !== undefined && (session.user === null || proof !== null) && (
        <Entry needsProof={session.needsFirstAccount && proof === null} onSignedIn={signedIn} />
      )}
    </Entrance>
  );
}

interface EntryProps {
  readonly needsProof: boolean;
  onSignedIn(user: SignedInUser): Promise<void>;
}

/** The form of an account; before the first one, of whoever has no link, its proof. */
function Entry({ needsProof, onSignedIn }: EntryProps) {
  const [key, setKey] = useState<string | null>(null);
  const [before, setBefore] = useState<Typed>({});
  if (!needsProof) return <AccountForm given={proof} before={{}} onSignedIn={onSignedIn} />;
  if (key === null) return <KeyForm onKey={setKey} />;
  return (
    <AccountForm
      given={{ first: key }}
      before={before}
      onSignedIn={onSignedIn}
      onOtherKey={({ name = '', email = '' }) => {
        setBefore({ name, email });
        setKey(null);
      }}
    />
  );
}

/** Asks for the API key. The hub is told it only with the account that is to be made. */
function KeyForm({ onKey }: { onKey(key: string): void }) {
  const { t } = useTranslation('account');

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const key = typedInto(event.currentTarget)['key']?.trim() ?? '';
    if (key !== '') onKey(key);
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={1}>{t('first')}</Title>
        <Alert>{t('needsLink')}</Alert>
        <PasswordInput name="key" label={t('key')} autoComplete="off" autoFocus required withAsterisk={false} />
        <Button type="submit">{t('withKey')}</Button>
      </Stack>
    </form>
  );
}
