/** What an event was about: fields before and after, the record that was read, what was sent and answered, and all of it as JSON. */
import { Button, Card, CopyButton, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { EventCodesDocument, type EventStepFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shape } from '../../parts/status.tsx';
import { HeldValue, type NamedCode } from '../records/moment-value.tsx';
import { isEmpty } from '../records/plain-values.ts';
import { useCalled } from '../records/use-called.ts';
import { attemptsOf } from './attempts.ts';
import { toneOfStep } from './journey.tsx';
import type { ShownEvent } from './shown-event.ts';

interface Props {
  readonly event: ShownEvent;
}

const personal = ['CUSTOMER', 'CONTACT', 'ORDER'];

/** Without the right, the hub does not say what an event of people was about. */
function useIsHidden({ entityType }: ShownEvent): boolean {
  const may = useMay('READ_CUSTOMERS');
  return !may && personal.includes(entityType ?? '');
}

const Quiet = ({ children }: { readonly children: React.ReactNode }) => (
  <Text size="sm" className="muted">
    {children}
  </Text>
);

export function Changes({ event }: Props) {
  const { t } = useTranslation('activity');
  const isHidden = useIsHidden(event);
  const shown = event.changes.filter(({ before, after }) => !isEmpty(before) || !isEmpty(after));
  // Of what was not there before, what it became has the room.
  const isMade = shown.every(({ before }) => isEmpty(before));
  const codesOf = useCodes(event, isHidden);
  const behind = shown.flatMap(({ path }) => codesOf(path).map(({ recordId }) => recordId));
  const lines = event.entity?.fields.find(({ path }) => path === 'lines')?.value;
  const records = useCalled(isHidden ? [] : [...shown.flatMap(({ before, after }) => [before, after]), behind, lines]);
  if (isHidden) return <Quiet>{t('needsCustomers')}</Quiet>;
  if (shown.length === 0) return <Quiet>{t('noChanges')}</Quiet>;
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table aria-label={t('tabs.changes')} layout="fixed" miw={320}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={isMade ? { base: '42%', sm: '30%' } : undefined}>
              {t('field')}
            </Table.Th>
            {!isMade && <Table.Th scope="col">{t('before')}</Table.Th>}
            <Table.Th scope="col">{t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ path, label, before, after, parts }) => (
            <Table.Tr key={path}>
              <Table.Th scope="row" className="value" title={path}>
                {label ?? path}
              </Table.Th>
              {(isMade ? [after] : [before, after]).map((value, i) => (
                <Table.Td key={i} className="value">
                  <HeldValue
                    field={{ path, parts }}
                    value={value}
                    records={records}
                    codes={codesOf(path)}
                    lines={lines}
                    currency={currencyOf(event)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What the system that was written to calls its codes, by the path of a change, as soon as it has said so. */
function useCodes({ id, changes }: ShownEvent, isHidden: boolean): (path: string) => readonly NamedCode[] {
  const { data } = useAsk(EventCodesDocument, { id }, { isOff: isHidden || changes.length === 0 });
  const known = data?.syncEvent?.changes ?? [];
  return (path) => known.find((change) => change.path === path)?.codes ?? [];
}

const currencyFields: readonly string[] = ['currency', 'priceCurrency'];

/** In which the record has its amounts. */
function currencyOf({ entity }: ShownEvent): string | undefined {
  const value = entity?.fields.find(({ path }) => currencyFields.includes(path))?.value;
  return typeof value === 'string' ? value : undefined;
}

export function Payloads({ event }: Props) {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const isHidden = useIsHidden(event);
  const { seenRecord, deadLetter, source } = event;
  if (isHidden) return <Quiet>{t('needsCustomers')}</Quiet>;
  return (
    <Stack gap="sm">
      {seenRecord == null ? (
        <Quiet>{t('seenNone')}</Quiet>
      ) : (
        <Json title={t('seen', { system: source?.name ?? common('unknown') })} value={seenRecord} />
      )}
      {deadLetter != null && <Json title={t('problemPayload')} value={deadLetter.payload} />}
      <Quiet>{t('kept')}</Quiet>
    </Stack>
  );
}

export const Raw = ({ event }: Props) => <Json title={event.id} value={event} />;

function Json({ title, value }: { readonly title: string; readonly value: unknown }) {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const text = JSON.stringify(value, null, 2);
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb={4}>
        <Title order={3}>{title}</Title>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? common('copied') : t('copyJson')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <pre className="json" tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </section>
  );
}

export function Attempts({ event }: Props) {
  const { t } = useTranslation('activity');
  const formats = useFormats();
  const attempts = attemptsOf(event.journey);
  if (attempts.length === 0) return <Quiet>{t('noAttempts')}</Quiet>;
  return (
    <Stack gap="sm">
      {attempts.map(({ request, response }, i) => (
        <Card key={i} withBorder padding="sm">
          <Title order={3}>
            {t('attempt', { number: i + 1 })} {(request ?? response)?.system?.name}
          </Title>
          {request !== null && <Half title={t('request')} step={request} />}
          {response === null ? (
            <Text size="sm">
              {t('response')}
              {formats.colon}
              {t('openAttempt')}
            </Text>
          ) : (
            <Half title={t('response')} step={response} />
          )}
        </Card>
      ))}
    </Stack>
  );
}

function Half({ title, step }: { readonly title: string; readonly step: EventStepFragment }) {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const { startedAt, durationMs, message, status, error, system } = step;
  return (
    <div>
      <Text size="sm">
        <Shape tone={toneOfStep[status]} /> <b>{title}</b>{' '}
        <span className="muted">
          {startedAt == null ? '' : formats.moment(startedAt)} {durationMs == null ? '' : formats.duration(durationMs)}
        </span>
      </Text>
      <Text size="sm">{error?.message ?? message}</Text>
      {error?.originalMessage != null && (
        <Text size="sm" className="value">
          {t('originalWords', { system: system?.name ?? common('unknown') })}
          {formats.colon}
          <q>{error.originalMessage}</q>
        </Text>
      )}
    </div>
  );
}
