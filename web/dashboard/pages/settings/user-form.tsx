/** A person: name, address, role and language. In: the person as the hub has them now, or null to invite somebody. Out: the invitation of who was invited. */
import { Button, Group, Modal, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError, useCommand } from '../../api/hooks.ts';
import { SettingsUserSaveDocument, SettingsUsersDocument, type SettingsUsersQuery } from '../../graph/graphql.ts';
import type { UserRole } from '../../graph/kinds.ts';
import { Failure } from '../../parts/failure.tsx';
import { useSeenVersion } from '../../parts/seen-version.ts';
import { languages, ownNames } from '../../words/language.ts';

const roles: readonly UserRole[] = ['VIEWER', 'OPERATOR', 'EDITOR', 'ADMIN'];

export function UserForm({
  user,
  onClose,
  onSaved,
}: {
  readonly user: SettingsUsersQuery['users'][number] | null;
  onClose(): void;
  /** `invitation`: of a new person. */
  onSaved(name: string, invitation: string | null): void;
}) {
  const { t } = useTranslation('settings');
  const { t: common, i18n } = useTranslation();
  const [begun] = useState(user?.role);
  const [role, setRole] = useState<string>(begun ?? 'OPERATOR');
  const { run, isRunning, error } = useCommand(SettingsUserSaveDocument, [SettingsUsersDocument]);
  const expectedVersion = useSeenVersion(user?.version ?? 0, error);
  const wrong = (field: string): string | undefined =>
    error instanceof RefusedError ? error.refusals.find((one) => one.field?.at(-1) === field)?.message : undefined;
  const isPlaced = ['name', 'email', 'role'].some((field) => wrong(field) !== undefined);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const { name, email, language } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const of = user === null ? { email } : { id: user.id, expectedVersion };
    // A role that somebody else has given meanwhile is not taken back with the name.
    const input = { ...of, name, language, ...(role === begun ? {} : { role: role as UserRole }) };
    const saved = await run({ input }).catch(() => null);
    if (saved !== null) onSaved(name ?? '', saved.userSave.invitation ?? null);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={user?.name ?? t('invite')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            name="name"
            label={common('name')}
            defaultValue={user?.name}
            required
            error={wrong('name')}
            data-autofocus
          />
          {user === null && <TextInput name="email" type="email" label={t('email')} required error={wrong('email')} />}
          <RoleChoice value={role} onChange={setRole} />
          <NativeSelect
            name="language"
            label={common('language')}
            defaultValue={user?.language.slice(0, 2) ?? i18n.language}
            data={languages.map((language) => ({ value: language, label: ownNames[language] }))}
          />
          {error !== null && !isPlaced && <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={isRunning}>
              {user === null ? t('invite') : common('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function RoleChoice({ value, onChange }: { readonly value: string; onChange(role: string): void }) {
  const { t } = useTranslation('settings');
  const { t: kinds } = useTranslation('kinds');
  return (
    <Radio.Group label={t('role')} value={value} onChange={onChange}>
      <Stack gap="xs" mt={6}>
        {roles.map((one) => (
          <Radio key={one} value={one} label={kinds(`role.${one}`)} description={t(`roleAbout_${one}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
