/**
 * Signing in, the first account, and invitations. The proof of a link stands behind the # of the address, which no server is sent, and is
 * taken out of the address at once, so that it stays in no history.
 */
import { Alert, Box, Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { AskError, send } from '../../api/ask.ts';
import { LanguageChoice } from '../../app/header.tsx';
import { useRestart, useSessionAnswer, type SignedInUser } from '../../app/session.tsx';
import { Waiting, Lines } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { hasChosenLanguage, isPageLanguage, speak } from '../../words/language.ts';
import { Mine } from './mine.tsx';

const route = getRouteApi('/account');

type Proof = { readonly first: string } | { readonly invitation: string } | null;

/** Read when the page is loaded; over when it was used. */
let proof = takeProof();

function takeProof(): Proof {
  const given = new URLSearchParams(location.hash.slice(1));
  const [first, invitation] = [given.get('first'), given.get('invitation')];
  if (first === null && invitation === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return first === null ? { invitation: invitation! } : { first };
}

type Typed = Readonly<Record<string, string>>;

/** What was typed into a form, by the names of its fields. */
const typedInto = (form: HTMLFormElement): Typed => Object.fromEntries(new FormData(form)) as Record<string, string>;

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
    <Center mih="100vh" p="md" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Group justify="space-between">
          <Box>
            <Text fw={700} size="xl">
              {common('hub')}
            </Text>
            <Text size="sm" className="muted">
              {t('about')}
            </Text>
          </Box>
          <LanguageChoice />
        </Group>
        <Paper withBorder p="lg" radius="md">
          {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
          {session === undefined && error === null && <Waiting>{<Lines count={3} height={32} />}</Waiting>}
          {session?.user != null && proof === null && <Mine user={session.user} />}
          {session !== undefined && (session.user === null || proof !== null) && (
            <Entry needsProof={session.needsFirstAccount && proof === null} onSignedIn={signedIn} />
          )}
        </Paper>
      </Stack>
    </Center>
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

interface AccountFormProps extends Pick<EntryProps, 'onSignedIn'> {
  readonly given: Proof;
  /** What was typed before another key was given. */
  readonly before: Typed;
  /** Where the proof was typed; is told what else was. */
  onOtherKey?(typed: Typed): void;
}

function AccountForm({ given, before, onSignedIn, onOtherKey }: AccountFormProps) {
  const { t, i18n } = useTranslation('account');
  const [error, setError] = useState<AskError | null>(null);
  const [isSending, setSending] = useState(false);
  const isFirst = given !== null && 'first' in given;
  const isInvited = given !== null && 'invitation' in given;

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const typed = typedInto(event.currentTarget);
    const [path, more] = isFirst
      ? ['/session/first', { proof: given.first, language: i18n.language }]
      : isInvited
        ? ['/session/invitation', { invitation: given.invitation }]
        : ['/session', {}];
    setSending(true);
    setError(null);
    try {
      const { user } = await send<{ readonly user: SignedInUser }>('POST', path, { body: { ...more, ...typed } });
      await onSignedIn(user);
    } catch (thrown) {
      if (!(thrown instanceof AskError)) throw thrown;
      setError(thrown);
    } finally {
      setSending(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Title order={1}>{isFirst ? t('first') : isInvited ? t('invited') : t('signIn')}</Title>
        {isFirst && <Text size="sm">{t('firstHint')}</Text>}
        <Fields given={given} before={before} isFocused={onOtherKey !== undefined} />
        {error !== null && (
          <Alert color="red" role="alert">
            {error.message} {error.hint}
          </Alert>
        )}
        <Button type="submit" loading={isSending}>
          {isFirst ? t('make') : isInvited ? t('set') : t('signIn')}
        </Button>
        {onOtherKey !== undefined && (
          <Button
            variant="subtle"
            disabled={isSending}
            onClick={({ currentTarget: { form } }) => onOtherKey(form === null ? {} : typedInto(form))}
          >
            {t('otherKey')}
          </Button>
        )}
      </Stack>
    </form>
  );
}

/** `isFocused`: the field that had the focus is gone. */
function Fields({ given, before, isFocused }: Pick<AccountFormProps, 'given' | 'before'> & { isFocused: boolean }) {
  const { t } = useTranslation('account');
  const isFirst = given !== null && 'first' in given;
  const isInvited = given !== null && 'invitation' in given;
  return (
    <>
      {isFirst && (
        <TextInput
          name="name"
          label={t('name')}
          autoComplete="name"
          defaultValue={before['name']}
          autoFocus={isFocused}
          required
          withAsterisk={false}
        />
      )}
      {!isInvited && (
        <TextInput
          name="email"
          type="email"
          label={t('email')}
          autoComplete="username"
          defaultValue={before['email']}
          required
          withAsterisk={false}
        />
      )}
      <PasswordInput
        name="password"
        label={t('password')}
        autoComplete={given === null ? 'current-password' : 'new-password'}
        description={given === null ? undefined : t('passwordHint')}
        required
        withAsterisk={false}
      />
    </>
  );
}
