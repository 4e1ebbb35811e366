/** Keys of programs: made with rights and an end, shown once, ended. */
import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { SettingsKeyRevokeDocument, SettingsKeysDocument, type SettingsKeysQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useNow } from '../../parts/now.ts';
import { RecordTable } from '../../parts/record-table.tsx';
import { told } from '../../parts/told.ts';
import { KeyForm } from './key-form.tsx';
import { ShownOnce } from './shown-once.tsx';

type ListedKey = SettingsKeysQuery['apiKeys'][number];

export function Keys() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  const now = useNow();
  const keys = useAsk(SettingsKeysDocument, {});
  const [isNew, setNew] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string } | null>(null);
  const [areEndedShown, showEnded] = useState(false);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2}>{t('keys')}</Title>
        <Group>
          <Switch
            label={t('showEnded')}
            checked={areEndedShown}
            onChange={(event) => showEnded(event.currentTarget.checked)}
          />
          <Button onClick={() => setNew(true)}>{t('keyNew')}</Button>
        </Group>
      </Group>
      <Answer of={keys}>
        {(data) => (
          <RecordTable
            label={t('keys')}
            rows={data.apiKeys.filter((key) => areEndedShown || stateOf(key, now) === 'keyValid')}
            columns={[
              {
                key: 'name',
                title: common('name'),
                show: ({ name, prefix }) => (
                  <>
                    <Text fw={600} size="sm">
                      {name}
                    </Text>
                    <Text size="xs" className="muted">
                      {t('keyStarts')} {prefix}
                    </Text>
                  </>
                ),
              },
              { key: 'role', title: t('keyRights'), from: 'sm', show: ({ role, scopes }) => <span title={scopes.join(', ')}>{kinds(`role.${role}`)}</span> }, // prettier-ignore
              { key: 'used', title: t('keyUsed'), from: 'xs', show: ({ lastUsedAt }) => (lastUsedAt == null ? t('never') : <Moment at={lastUsedAt} />) }, // prettier-ignore
              { key: 'state', title: common('state'), from: 'sm', show: (key) => t(stateOf(key, now)) },
              { key: 'end', title: t('keyExpires'), from: 'md', show: ({ expiresAt }) => (expiresAt == null ? '–' : <Moment at={expiresAt} />) }, // prettier-ignore
              { key: 'do', title: '', show: (key) => key.revokedAt == null && <EndKey apiKey={key} /> },
            ]}
          />
        )}
      </Answer>
      {isNew && (
        <KeyForm
          onClose={() => setNew(false)}
          onMade={(name, secret) => {
            setNew(false);
            setMade({ name, secret });
          }}
        />
      )}
      {made !== null && (
        <ShownOnce
          title={t('keySecret', { name: made.name })}
          about={t('keySecretAbout')}
          secret={made.secret}
          onClose={() => setMade(null)}
        />
      )}
    </Stack>
  );
}

function stateOf({ revokedAt, expiresAt }: ListedKey, now: number) {
  if (revokedAt != null) return 'keyEnded';
  return expiresAt != null && Date.parse(expiresAt) <= now ? 'keyExpired' : 'keyValid';
}

function EndKey({ apiKey: { id, name } }: { readonly apiKey: ListedKey }) {
  const { t } = useTranslation('settings');
  const [isAsked, setAsked] = useState(false);
  const { run, isRunning, error } = useCommand(SettingsKeyRevokeDocument, [SettingsKeysDocument]);
  const end = (): void =>
    void run({ input: { id } }).then(
      () => told(t('keyEndDone', { name })),
      () => undefined,
    );
  return (
    <Group justify="flex-end">
      <Button size="xs" variant="default" onClick={() => setAsked(true)} aria-label={`${t('keyEnd')}: ${name}`}>
        {t('keyEnd')}
      </Button>
      <Confirm
        title={t('keyEnd')}
        action={t('keyEnd')}
        typed={name}
        isOpen={isAsked}
        isRunning={isRunning}
        error={error}
        onConfirm={end}
        onClose={() => setAsked(false)}
      >
        {t('keyEndAbout', { name })}
      </Confirm>
    </Group>
  );
}
