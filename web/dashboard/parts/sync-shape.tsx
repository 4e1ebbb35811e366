/** How a record stands with one system: a shape that opens the answer to "why is this not there?". */
import { Anchor, Button, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SyncShapeFragment } from '../graph/graphql.ts';
import { useFormats } from './formats.ts';
import { useNow } from './now.ts';
import { Shape, toneOf, useStateWord } from './status.tsx';

/** Takes the fragment `SyncShape`; `isLabelled`: with the word, not only the shape. */
export function SyncShape({
  status,
  isLabelled = false,
}: {
  readonly status: SyncShapeFragment;
  readonly isLabelled?: boolean;
}) {
  const { t } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  const word = useStateWord();
  const formats = useFormats();
  const now = useNow();
  const { state, reason, since, system, deadLetter, lastEvent } = status;
  const name = `${system?.name ?? t('unknown')}${formats.colon}${word('sync', state)}`;
  return (
    <Popover width={320} withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className="status" mih={24} miw={24} aria-label={isLabelled ? undefined : name} title={name}>
          <Shape tone={toneOf('sync', state)} size={14} />
          {isLabelled && <span>{name}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('whyNot')}>
        <Stack gap={6}>
          <Text fw={600}>{name}</Text>
          <Text size="sm">{reason.message}</Text>
          <Text size="sm" className="muted" title={formats.moment(since)}>
            {t('since', { moment: formats.relative(since, now) })}
          </Text>
          {state !== 'IN_SYNC' && (
            <>
              {reason.until != null && (
                <Text size="sm">{t('endsBy', { moment: formats.relative(reason.until, now) })}</Text>
              )}
              {/* What the hub itself waits for ends by itself, nobody knows when. */}
              {reason.until == null && reason.responsible !== 'HUB' && <Text size="sm">{t('endsNot')}</Text>}
              <Text size="sm">{t('mustAct', { who: kinds(`who.${reason.responsible}`) })}</Text>
            </>
          )}
          {deadLetter != null && (
            <Button component={Link} to={`/problems/${deadLetter.id}`} size="xs" variant="light">
              {t('toProblem')}
            </Button>
          )}
          {lastEvent != null && (
            <Anchor component={Link} to={`/events/${lastEvent.id}`} size="sm">
              {t('lastEvent')}
            </Anchor>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
