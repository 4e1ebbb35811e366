/** One alert: what fires, since when, who knows, what was sent to whom and what came of it, and what can be done about it. */
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AlertsAlertFragment } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Shape, toneOf, useStateWord } from '../../parts/status.tsx';
import { useMayOperate } from '../flows/actions.tsx';
import type { Act } from './act-dialogs.tsx';
import { Messages } from './messages.tsx';

interface CardProps {
  readonly alert: AlertsAlertFragment;
  onAct(act: Act): void;
}

export function AlertCard({ alert, onAct }: CardProps) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const word = useStateWord();
  const { status, severity, title, description, startedAt, rule } = alert;
  return (
    <Paper withBorder p="md" component="article" aria-label={title} className="alert-card" data-status={status}>
      <Stack gap="xs">
        <Group gap="xs" align="baseline">
          <span className="status">
            <Shape tone={toneOf('alert', status)} />
            <Text span size="sm">
              {word('alert', status)}
            </Text>
          </span>
          <Title order={2} size="h3" style={{ flex: '1 1 240px', overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          <Badge variant={severity === 'CRITICAL' ? 'filled' : 'default'} color="red">
            {t(`severity.${severity}`)}
          </Badge>
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {description}
        </Text>
        <Text size="sm" className="muted" component="div">
          {t('began')} <Moment at={startedAt} /> · {rule == null ? t('ruleGone') : t('byRule', { rule: rule.name })}
        </Text>
        <WhoKnows alert={alert} />
        <Messages of={alert} />
        <Actions alert={alert} onAct={onAct} openWord={common('open')} />
      </Stack>
    </Paper>
  );
}

/** Who has acknowledged it, with what they noted, and until when it rests. */
export function WhoKnows({
  alert: { acknowledgedAt, acknowledgedBy, note, snoozedUntil, status },
}: {
  readonly alert: AlertsAlertFragment;
}) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const name = acknowledgedBy != null && 'name' in acknowledgedBy ? acknowledgedBy.name : common('unknown');
  return (
    <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
      {acknowledgedAt == null ? (
        status !== 'RESOLVED' && t('nobodyKnows')
      ) : (
        <>
          {t('knows', { name })} <Moment at={acknowledgedAt} />
        </>
      )}
      {status === 'SNOOZED' && snoozedUntil != null && (
        <div>{t('rests', { moment: formats.moment(snoozedUntil) })}</div>
      )}
      {note != null && note !== '' && <div>{t('noted', { note })}</div>}
    </Text>
  );
}

function Actions({ alert, onAct, openWord }: CardProps & { readonly openWord: string }) {
  const { t } = useTranslation('alerts');
  const mayOperate = useMayOperate();
  const { status, title, path } = alert;
  const acts: readonly Act[] = status === 'ACKNOWLEDGED' ? ['snooze', 'resolve'] : ['acknowledge', 'snooze', 'resolve'];
  return (
    <Group gap="xs">
      {path != null && path !== '' && (
        <Button component={Link} to={path} size="xs" variant="light" aria-label={`${openWord}: ${title}`}>
          {t('toCause')}
        </Button>
      )}
      {mayOperate &&
        acts.map((act) => (
          <Button key={act} size="xs" variant="default" aria-label={`${t(act)}: ${title}`} onClick={() => onAct(act)}>
            {t(act)}
          </Button>
        ))}
    </Group>
  );
}
