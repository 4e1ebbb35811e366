/** What is typed to sign in, to make the first account, or to accept an invitation. Out: the person who has signed in by it. */
import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { AskError, send } from '../../api/ask.ts';
import type { SignedInUser } from '../../app/session.tsx';

/** What a link or the API key proves; without one, it is a sign-in. */
export type Proof = { readonly first: string } | { readonly invitation: string } | null;

export type Typed = Readonly<Record<string, string>>;

/** What was typed into a form, by the names of its fields. */
export const typedInto = (form: HTMLFormElement): Typed =>
  Object.fromEntries(new FormData(form)) as Record<string, string>;

interface AccountFormProps {
  readonly given: Proof;
  /** What was typed before another key was given. */
  readonly before: Typed;
  /** Where the proof was typed; is told what else was. */
  onOtherKey?(typed: Typed): void;
  onSignedIn(user: SignedInUser): Promise<void>;
}

export function AccountForm({ given, before, onSignedIn, onOtherKey }: AccountFormProps) {
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
