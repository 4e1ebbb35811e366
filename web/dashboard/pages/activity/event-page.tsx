/** /events/$eventId: one event, the way of its change, what became different, and what can be done. */
import { Anchor, Button, Card, CopyButton, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCopy, IconRepeat } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { EventPageDocument } from '../../graph/graphql.ts';
import { capital, useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { OpenThere } from '../../parts/open-there.tsx';
import { Page } from '../../parts/page.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { recordPath } from '../../parts/record-paths.ts';
import { Status } from '../../parts/status.tsx';
import { SyncShape } from '../../parts/sync-shape.tsx';
import { wayOf } from './event-list.tsx';
import { EventMappings, UsedMappings } from './event-mappings.tsx';
import { EventRelated } from './event-related.tsx';
import { Attempts, Changes, Payloads, Raw } from './event-tabs.tsx';
import { eventTabs, type EventTab } from './filters.ts';
import { Journey } from './journey.tsx';
import type { ShownEvent } from './shown-event.ts';
import { useReplay } from './use-replay.ts';
import './activity.css';

const route = getRouteApi('/inside/events/$eventId');
/** What follows of the change, and what is tried again, is written down later. */
const everyMs = 10_000;

export function EventPage() {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const { eventId } = route.useParams();
  const asked = useAsk(EventPageDocument, { id: eventId }, { everyMs });
  return (
    <PageOfOne
      of={asked}
      pick={({ syncEvent }) => syncEvent}
      kind={t('event')}
      list={{ path: '/activity', name: common('pageActivity') }}
      none={t('notFound')}
    >
      {(event) => <Shown event={event} />}
    </PageOfOne>
  );
}

function Shown({ event }: { readonly event: ShownEvent }) {
  const { t } = useTranslation('activity');
  const { entityLabel, occurredAt, outcome, durationMs, source, target, flow } = event;
  const formats = useFormats();
  return (
    <Page
      title={useTitle(event)}
      about={
        <Stack gap={2}>
          <Group gap="sm">
            <Status kind="outcome" state={outcome} />
            <span>{wayOf(source?.name, target?.name)}</span>
            <Moment at={occurredAt} isExact />
            {durationMs != null && <span>{formats.duration(durationMs)}</span>}
            {flow != null && (
              <Anchor component={Link} to={`/flows/${flow.id}`} size="sm">
                {flow.name}
              </Anchor>
            )}
          </Group>
          <Text size="md" c="var(--mantine-color-text)" lineClamp={4}>
            {event.summary}
          </Text>
        </Stack>
      }
      actions={<Actions event={event} />}
    >
      <Section title={t('journey')} about={t('journeyHint')}>
        <Journey steps={event.journey} />
      </Section>
      <TabsOf event={event} />
      <Standing event={event} />
      <EventRelated id={event.id} correlationId={event.correlationId} />
      <Text size="xs" className="muted">
        {event.externalId != null && entityLabel !== event.externalId && (
          <>{t('idThere', { id: event.externalId })} · </>
        )}
        {t('trace', { id: event.traceId })}
      </Text>
    </Page>
  );
}

/** What kind of record, which one, and what was done. */
function useTitle({ entityType, entityLabel, action }: ShownEvent): string {
  const { t } = useTranslation('kinds');
  const { t: words } = useTranslation('activity');
  const kind = entityType == null ? words('event') : t(`entity.${entityType}`);
  return `${capital(kind)} ${entityLabel}${action === 'NONE' ? '' : ` · ${t(`action.${action}`)}`}`;
}

export function Section({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {about !== undefined && (
        <Text size="xs" className="muted">
          {about}
        </Text>
      )}
      {children}
    </Card>
  );
}

function Actions({ event }: { readonly event: ShownEvent }) {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const may = useMay('REPLAY');
  const replay = useReplay();
  const navigate = useNavigate();
  const [job, setJob] = useState<string | null>(null);
  return (
    <>
      {event.deadLetter != null && (
        <Button
          component={Link}
          to={`/problems/${event.deadLetter.id}`}
          color="red"
          variant="light"
          leftSection={<IconAlertTriangle size={16} aria-hidden="true" />}
        >
          {t('toProblem')}
        </Button>
      )}
      <CopyButton value={event.id}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} leftSection={<IconCopy size={16} aria-hidden="true" />}>
            {copied ? common('copied') : t('copyId')}
          </Button>
        )}
      </CopyButton>
      {job !== null && (
        <Button variant="default" onClick={() => void navigate({ to: `/jobs/${job}` })}>
          {t('toJob')}
        </Button>
      )}
      {may && event.entity != null && (
        <Button
          loading={replay.isRunning}
          leftSection={<IconRepeat size={16} aria-hidden="true" />}
          onClick={() => void replay.run(event.id).then((id) => setJob(id))}
        >
          {t('replay')}
        </Button>
      )}
    </>
  );
}

/** How the record stands with each system now, and where it is shown. */
function Standing({ event: { entity, entityType, source, target, mappings } }: { readonly event: ShownEvent }) {
  const { t } = useTranslation('activity');
  return (
    <Section title={t('standing')}>
      {entity == null ? (
        <Text size="sm" className="muted" mt="xs">
          {t('noRecord')}
        </Text>
      ) : (
        <Group gap="lg" mt="xs">
          {entity.syncStatuses.map((status) => (
            <SyncShape key={status.system?.id} status={status} isLabelled />
          ))}
          {entityType != null && (
            <Anchor component={Link} to={recordPath(entityType, entity.id)}>
              {t('record')}
            </Anchor>
          )}
          {entity.externalReferences.map(({ id, url, system }) => (
            <OpenThere key={id} url={url} system={system?.name ?? ''} />
          ))}
        </Group>
      )}
      {mappings.length === 0 ? (
        <EventMappings entityType={entityType ?? null} source={source ?? null} target={target ?? null} />
      ) : (
        <UsedMappings of={mappings} />
      )}
    </Section>
  );
}

function TabsOf({ event }: { readonly event: ShownEvent }) {
  const { t } = useTranslation('activity');
  const { tab = 'changes' } = route.useSearch();
  const navigate = useNavigate();
  const panels: Readonly<Record<EventTab, React.ReactNode>> = {
    changes: <Changes event={event} />,
    payloads: <Payloads event={event} />,
    attempts: <Attempts event={event} />,
    raw: <Raw event={event} />,
  };
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(next) =>
        void navigate({
          to: '/events/$eventId',
          params: { eventId: event.id },
          search: next === 'changes' || next === null ? {} : { tab: next as EventTab },
          replace: true,
        })
      }
    >
      <Tabs.List>
        {eventTabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`tabs.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {eventTabs.map((each) => (
        <Tabs.Panel key={each} value={each} pt="sm">
          {panels[each]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
