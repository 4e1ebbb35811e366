/** What an event came from and what it led to: the other events of the same change, in the order in which they happened. */
import { Anchor, Group, List, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { EventRelatedDocument, type EventRelatedQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Shape, toneOf } from '../../parts/status.tsx';

type Related = EventRelatedQuery['syncEvents']['nodes'][number];
const mostShown = 8;

export function EventRelated({ id, correlationId }: { readonly id: string; readonly correlationId: string }) {
  const { t } = useTranslation('activity');
  const asked = useAsk(EventRelatedDocument, { filter: { correlationId } }, { everyMs: 10_000 });
  return (
    <Answer of={asked}>
      {({ syncEvents: { nodes, pageInfo } }) => {
        const inOrder = [...nodes].reverse();
        const at = inOrder.findIndex((each) => each.id === id);
        const [earlier, later] = [inOrder.slice(0, Math.max(at, 0)), inOrder.slice(at + 1)];
        if (earlier.length + later.length === 0) {
          return (
            <Text size="sm" className="muted">
              {t('alone')}
            </Text>
          );
        }
        return (
          <Group align="flex-start" gap="xl">
            <Part title={t('causedBy')} events={earlier.slice(-mostShown)} />
            <Part title={t('ledTo')} events={later.slice(0, mostShown)} />
            {(nodes.length > 1 || pageInfo.hasNextPage) && (
              <Anchor component={Link} to="/activity" search={{ change: correlationId } as never} size="sm">
                {t('allOfChange')}
              </Anchor>
            )}
          </Group>
        );
      }}
    </Answer>
  );
}

function Part({ title, events }: { readonly title: string; readonly events: readonly Related[] }) {
  const formats = useFormats();
  if (events.length === 0) return null;
  return (
    <section aria-label={title} style={{ flex: '1 1 300px', minWidth: 0 }}>
      <Title order={2}>{title}</Title>
      <List listStyleType="none" size="sm" type="ordered">
        {events.map(({ id, occurredAt, outcome, summary, entityLabel }) => (
          <List.Item key={id} py={2} className="value">
            <Shape tone={toneOf('outcome', outcome)} size={10} />{' '}
            <time dateTime={occurredAt}>{formats.time(occurredAt)}</time>{' '}
            <Anchor component={Link} to={`/events/${id}`} size="sm">
              <b>{entityLabel}</b> {summary}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </section>
  );
}
