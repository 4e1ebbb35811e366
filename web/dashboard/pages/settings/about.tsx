/** Which version runs, since when, and how the hub itself is doing. */
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { SettingsAboutDocument } from '../../graph/graphql.ts';
import type { CheckStatus, HealthStatus } from '../../graph/kinds.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { RecordTable } from '../../parts/record-table.tsx';
import { Shape, type Tone } from '../../parts/status.tsx';

const checkTones: Readonly<Record<CheckStatus, Tone>> = {
  PASS: 'ok',
  WARN: 'retrying',
  FAIL: 'failed',
  SKIPPED: 'excluded',
};
const healthTones: Readonly<Record<HealthStatus, Tone>> = { OK: 'ok', DEGRADED: 'retrying', DOWN: 'failed' };

export function About() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const about = useAsk(SettingsAboutDocument, {}, { everyMs: 10_000 });
  return (
    <Answer of={about}>
      {({ health: { version, startedAt, status, checks } }) => (
        <Stack>
          <Title order={2}>{t('version', { version })}</Title>
          <Text size="sm">
            {t('started')} <Moment at={startedAt} isExact />
          </Text>
          <Group gap="xs">
            <Title order={3}>{t('health')}</Title>
            <span className="status">
              <Shape tone={healthTones[status]} />
              {t(`health_${status}`)}
            </span>
          </Group>
          <RecordTable
            label={t('health')}
            rows={checks.map((check) => ({ ...check, id: check.name }))}
            columns={[
              {
                key: 'name',
                title: common('name'),
                show: ({ name }) => t(`checkOf.${name}` as never, { defaultValue: name }),
              },
              {
                key: 'status',
                title: common('state'),
                show: (check) => (
                  <span className="status">
                    <Shape tone={checkTones[check.status]} />
                    {t(`check.${check.status}`)}
                  </span>
                ),
              },
              { key: 'message', title: t('auditDetail'), show: ({ message, hint }) => `${message} ${hint ?? ''}` },
              { key: 'ms', title: '', from: 'sm', isFigure: true, show: ({ durationMs }) => (durationMs == null ? '' : formats.duration(durationMs)) }, // prettier-ignore
            ]}
          />
          <Anchor component={Link} to="/restore" size="sm">
            {t('toRestore')}
          </Anchor>
          <Text size="sm">
            {t('licences')}
            {formats.colon}
            <Anchor href="/licenses.md">licenses.md</Anchor>
          </Text>
        </Stack>
      )}
    </Answer>
  );
}
