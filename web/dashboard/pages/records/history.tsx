/** The history of a record: as it was at each moment, then every event, the newest first. */
import { Anchor, NativeSelect, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { RecordHistoryDocument, RecordMomentsDocument, type RecordEventFragment } from '../../graph/graphql.ts';
import { Answer, Lines, Waiting } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { argumentsOf, Pager, type Place } from '../../parts/pager.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Status } from '../../parts/status.tsx';
import { AtMoment } from './at-moment.tsx';
import { useFeedStart, useRecordEvents } from './changes.ts';
import { Moments } from './moments.tsx';
import { Part } from './shown.tsx';

export interface Named {
  readonly id: string;
  readonly label: string;
}

const historySize = 25;
const shown = [RecordMomentsDocument, RecordHistoryDocument];

/** `records`: the record, and its parts that have histories of their own. */
export function History({ records }: { readonly records: readonly Named[] }) {
  const { t } = useTranslation('records');
  const [id, setId] = useState(records[0]?.id ?? '');
  const start = useFeedStart(shown);
  useRecordEvents([id], shown, start);
  if (!start.isKnown) return <Waiting>{<Lines />}</Waiting>;
  return (
    <Stack gap="sm">
      {records.length > 1 && (
        <NativeSelect
          label={t('historyOf')}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
          data={records.map((record) => ({ value: record.id, label: record.label }))}
          maw={420}
        />
      )}
      <Moments key={id} id={id} />
      <AtMoment key={`at ${id}`} id={id} />
      <Part title={t('allEvents')}>
        <HistoryOf key={id} id={id} />
      </Part>
    </Stack>
  );
}

function HistoryOf({ id }: { readonly id: string }) {
  const { t } = useTranslation('records');
  const [place, setPlace] = useState<Place>({});
  const asked = useAsk(RecordHistoryDocument, { id, ...argumentsOf(place, historySize) });
  const columns = useColumns();
  return (
    <Answer of={asked}>
      {({ node }) => {
        const history = node !== null && node !== undefined && 'history' in node ? node.history : null;
        if (history === null || history.nodes.length === 0) return <Nothing kind="yet" title={t('historyNone')} />;
        return (
          <>
            <RecordTable
              label={t('history')}
              rows={history.nodes}
              columns={columns}
              pathOf={(event) => `/events/${event.id}`}
            />
            <Pager info={history.pageInfo} onMove={setPlace} />
          </>
        );
      }}
    </Answer>
  );
}

function useColumns(): readonly Column<RecordEventFragment>[] {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  return [
    {
      key: 'when',
      title: common('when'),
      show: ({ occurredAt }) => <Moment at={occurredAt} />,
    },
    {
      key: 'what',
      title: t('what'),
      show: ({ id, summary }) => (
        <Anchor component={Link} to={`/events/${id}`} size="sm">
          {summary}
        </Anchor>
      ),
    },
    { key: 'who', title: t('who'), from: 'sm', show: (event) => <Way event={event} /> },
    {
      key: 'outcome',
      title: t('outcome'),
      from: 'xs',
      show: ({ outcome }) => <Status kind="outcome" state={outcome} />,
    },
  ];
}

/** From where to where. */
function Way({ event: { source, target } }: { readonly event: RecordEventFragment }) {
  const { t } = useTranslation('records');
  const from = source?.name ?? t('hub');
  return target == null || target.name === source?.name ? <>{from}</> : <>{`${from} → ${target.name}`}</>;
}
