/** Who did what, the newest first, by pages of fifty. */
import { Code, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { SettingsAuditDocument } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { argumentsOf, Pager, type Place } from '../../parts/pager.tsx';
import { RecordTable } from '../../parts/record-table.tsx';
import { SearchBox } from '../../parts/search-box.tsx';

const size = 50;

export function Audit() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const [place, setPlace] = useState<Place>({});
  const [action, setAction] = useState<string | undefined>(undefined);
  const [from, setFrom] = useState('');
  const filter = {
    ...(action === undefined ? {} : { action: { contains: action } }),
    ...(from === '' ? {} : { at: { from: new Date(`${from}T00:00:00`).toISOString() } }),
  };
  const entries = useAsk(SettingsAuditDocument, { ...argumentsOf(place, size), filter });
  return (
    <Stack>
      <Title order={2}>{t('audit')}</Title>
      <Group align="flex-end">
        <SearchBox
          label={t('auditFilter')}
          value={action}
          onSearch={(text) => {
            setAction(text);
            setPlace({});
          }}
        />
        <TextInput
          type="date"
          label={t('auditFrom')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
      </Group>
      <Answer of={entries}>
        {({ auditEntries: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <Nothing
              kind={action === undefined && from === '' ? 'yet' : 'matches'}
              title={action === undefined && from === '' ? t('auditEmpty') : common('nothingMatches')}
            />
          ) : (
            <>
              <RecordTable
                label={t('audit')}
                rows={nodes}
                columns={[
                  { key: 'at', title: common('when'), show: ({ at }) => <Moment at={at} isExact /> },
                  { key: 'actor', title: t('auditBy'), show: ({ actor }) => actor.name },
                  { key: 'action', title: t('auditAction'), show: (entry) => <Code>{entry.action}</Code> },
                  { key: 'subject', title: t('auditOn'), from: 'md', show: ({ subjectId }) => <Text size="xs" className="muted">{subjectId}</Text> }, // prettier-ignore
                  { key: 'reason', title: t('auditReason'), from: 'sm', show: ({ reason }) => reason ?? '' },
                  {
                    key: 'detail',
                    title: t('auditDetail'),
                    from: 'lg',
                    show: ({ detail }) => <Detail detail={detail} />,
                  },
                ]}
              />
              <Pager info={pageInfo} onMove={setPlace} />
            </>
          )
        }
      </Answer>
    </Stack>
  );
}

function Detail({ detail }: { readonly detail: Readonly<Record<string, unknown>> }) {
  const text = JSON.stringify(detail);
  if (text === '{}') return null;
  return (
    <Text size="xs" className="muted" lineClamp={2} title={text} style={{ overflowWrap: 'anywhere' }} maw={320}>
      {text}
    </Text>
  );
}
