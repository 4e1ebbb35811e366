/** People who may sign in: invited by a link, with a role each; shut out and let in again. */
import { Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { useUser } from '../../app/session.tsx';
import {
  SettingsUserInviteDocument,
  SettingsUserSaveDocument,
  SettingsUsersDocument,
  type SettingsUsersQuery,
} from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/moment.tsx';
import { RecordTable } from '../../parts/record-table.tsx';
import { told, toldFailure } from '../../parts/told.ts';
import { ShownOnce } from './shown-once.tsx';
import { UserForm } from './user-form.tsx';

type ListedUser = SettingsUsersQuery['users'][number];
interface Invitation {
  readonly name: string;
  readonly link: string;
}

export const invitationLink = (invitation: string): string => `${location.origin}/account#invitation=${invitation}`;

export function Users() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  const users = useAsk(SettingsUsersDocument, {});
  const [edited, setEdited] = useState<ListedUser | 'new' | null>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2}>{t('users')}</Title>
        <Button onClick={() => setEdited('new')}>{t('invite')}</Button>
      </Group>
      <Answer of={users}>
        {(data) => (
          <RecordTable
            label={t('users')}
            rows={data.users}
            columns={[
              {
                key: 'name',
                title: common('name'),
                show: (user) => (
                  <>
                    <Text fw={600} size="sm">
                      {user.name}
                    </Text>
                    <Text size="xs" className="muted">
                      {user.email}
                    </Text>
                  </>
                ),
              },
              { key: 'role', title: t('role'), show: ({ role }) => kinds(`role.${role}`) },
              { key: 'state', title: common('state'), from: 'sm', show: (user) => t(stateOf(user)) },
              {
                key: 'seen',
                title: t('lastSeen'),
                from: 'sm',
                show: ({ lastSeenAt }) => (lastSeenAt == null ? t('never') : <Moment at={lastSeenAt} />),
              },
              {
                key: 'do',
                title: '',
                show: (user) => <UserActions user={user} onEdit={() => setEdited(user)} onInvited={setInvitation} />,
              },
            ]}
          />
        )}
      </Answer>
      {edited !== null && (
        <UserForm
          user={edited === 'new' ? null : (users.data?.users.find(({ id }) => id === edited.id) ?? edited)}
          onClose={() => setEdited(null)}
          onSaved={(name, secret) => {
            setEdited(null);
            if (secret === null) told(t('userSaved', { name }));
            else setInvitation({ name, link: invitationLink(secret) });
          }}
        />
      )}
      {invitation !== null && (
        <ShownOnce
          title={t('invitationFor', { name: invitation.name })}
          about={t('invitationAbout')}
          secret={invitation.link}
          onClose={() => setInvitation(null)}
        />
      )}
    </Stack>
  );
}

const stateOf = ({ isActive, hasPassword }: ListedUser) =>
  !isActive ? 'inactive' : hasPassword ? 'active' : 'invited';

function UserActions({
  user,
  onEdit,
  onInvited,
}: {
  readonly user: ListedUser;
  onEdit(): void;
  onInvited(invitation: Invitation): void;
}) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const isMe = useUser().id === user.id;
  const [isAsked, setAsked] = useState(false);
  const save = useCommand(SettingsUserSaveDocument, [SettingsUsersDocument]);
  const invite = useCommand(SettingsUserInviteDocument, [SettingsUsersDocument]);
  const { id, version: expectedVersion, name } = user;
  const setActive = (isActive: boolean): void =>
    void save.run({ input: { id, expectedVersion, isActive } }).then(
      () => {
        setAsked(false);
        told(t('userSaved', { name }));
      },
      (error: Error) => isActive && toldFailure(error),
    );
  return (
    <Group justify="flex-end">
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" aria-label={`${common('edit')}: ${name}`}>
            {common('edit')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>{`${common('name')}, ${t('role')}`}</Menu.Item>
          <Menu.Item
            onClick={() =>
              void invite
                .run({ input: { id } })
                .then(
                  ({ userInvite }) => onInvited({ name, link: invitationLink(userInvite.invitation ?? '') }),
                  toldFailure,
                )
            }
          >
            {t('inviteAgain')}
          </Menu.Item>
          {!isMe && user.isActive && <Menu.Item onClick={() => setAsked(true)}>{t('deactivate')}</Menu.Item>}
          {!user.isActive && <Menu.Item onClick={() => setActive(true)}>{t('activate')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        title={t('deactivate')}
        action={t('deactivate')}
        isOpen={isAsked}
        isRunning={save.isRunning}
        error={save.error}
        onConfirm={() => setActive(false)}
        onClose={() => setAsked(false)}
      >
        {t('deactivateAbout', { name })}
      </Confirm>
    </Group>
  );
}
