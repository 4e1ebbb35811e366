/** What a person who has signed in may choose: colours, times, keys, another password; and signing out. */
import {
  Button,
  Divider,
  NativeSelect,
  PasswordInput,
  Stack,
  Switch,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../api/ask.ts';
import { useCommand } from '../../api/hooks.ts';
import { signedOut, useRestart, type SignedInUser } from '../../app/session.tsx';
import { AccountPasswordChangeDocument } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { changeHabits, useHabits } from '../../parts/habits.ts';

export function Mine({ user }: { readonly user: SignedInUser }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  const restart = useRestart();
  async function signOut(): Promise<void> {
    await send('DELETE', '/session');
    signedOut.postMessage(null);
    await restart();
  }
  return (
    <Stack>
      <Title order={1}>{t('mine')}</Title>
      <Text size="sm">{t('signedIn', { name: user.name, role: kinds(`role.${user.role}`) })}</Text>
      <Button component={Link} to="/">
        {t('toDashboard')}
      </Button>
      <Divider />
      <Choices />
      <Divider />
      <PasswordForm />
      <Divider />
      <Button variant="default" onClick={() => void signOut()}>
        {common('signOut')}
      </Button>
    </Stack>
  );
}

function Choices() {
  const { t } = useTranslation('account');
  const { t: tools } = useTranslation('tools');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { isTimeExact, hasLetterKeys } = useHabits();
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t('colours')}
        value={colorScheme}
        onChange={(event) => setColorScheme(event.currentTarget.value as typeof colorScheme)}
        data={[
          { value: 'auto', label: t('coloursSystem') },
          { value: 'light', label: t('coloursLight') },
          { value: 'dark', label: t('coloursDark') },
        ]}
      />
      <Switch
        label={tools('exactTime')}
        checked={isTimeExact}
        onChange={(event) => changeHabits({ isTimeExact: event.currentTarget.checked })}
      />
      <Switch
        label={tools('letterKeys')}
        checked={hasLetterKeys}
        onChange={(event) => changeHabits({ hasLetterKeys: event.currentTarget.checked })}
      />
    </Stack>
  );
}

/** Changing it ends every session of the person, this one too: the next page asks for the new one. */
function PasswordForm() {
  const { t } = useTranslation('account');
  const restart = useRestart();
  const [isDone, setDone] = useState(false);
  const { run, isRunning, error } = useCommand(AccountPasswordChangeDocument, []);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const { currentPassword = '', newPassword = '' } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>; // prettier-ignore
    const changed = await run({ input: { currentPassword, newPassword } }).catch(() => null);
    if (changed === null) return;
    setDone(true);
    await restart();
  }

  if (isDone) return <Text role="status">{t('passwordChanged')}</Text>;
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <Title order={2}>{t('passwordOther')}</Title>
        <PasswordInput
          name="currentPassword"
          label={t('passwordNow')}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <PasswordInput
          name="newPassword"
          label={t('passwordNew')}
          description={t('passwordHint')}
          autoComplete="new-password"
          required
          withAsterisk={false}
        />
        {error !== null && <Failure error={error} />}
        <Button type="submit" variant="default" loading={isRunning}>
          {t('passwordChange')}
        </Button>
      </Stack>
    </form>
  );
}
