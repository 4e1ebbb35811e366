/** What fires now, with everything about it, and below it what has ended. */
import { Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { AlertsOpenDocument, type AlertsAlertFragment, type AlertsOpenQuery } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { argumentsOf, Pager } from '../../parts/pager.tsx';
import { ActDialog, type Act } from './act-dialogs.tsx';
import { AlertCard } from './alert-card.tsx';
import { History } from './history.tsx';
import { everyMs } from './every-ms.ts';
import { openPlace, openPlaceOf, type AlertSearch } from './search.ts';

const pageSize = 20;

export function FiringTab({
  search,
  onMove,
}: {
  readonly search: AlertSearch;
  onMove(change: Partial<AlertSearch>): void;
}) {
  const { t } = useTranslation('alerts');
  const open = useAsk(AlertsOpenDocument, argumentsOf(openPlaceOf(search), pageSize), { everyMs });
  const [asked, ask] = useState<{ readonly act: Act; readonly alert: AlertsAlertFragment } | null>(null);
  return (
    <Stack gap="lg">
      <Answer of={open} skeleton={<Lines count={3} height={90} />}>
        {(data) =>
          data.alerts.totalCount.value === 0 ? (
            <NothingFires data={data} />
          ) : (
            <Stack component="section" gap="sm" aria-label={t('openOnes')}>
              {data.alerts.nodes.map((alert) => (
                <AlertCard key={alert.id} alert={alert} onAct={(act) => ask({ act, alert })} />
              ))}
              <Pager
                info={data.alerts.pageInfo}
                count={data.alerts.totalCount}
                onMove={(place) => onMove(openPlace(place))}
              />
            </Stack>
          )
        }
      </Answer>
      <History search={search} onMove={onMove} />
      {asked !== null && <ActDialog {...asked} onClose={() => ask(null)} />}
    </Stack>
  );
}

/** Whether that is good news depends on whether anything is watched, and anybody would be told. */
function NothingFires({ data: { alertRules } }: { readonly data: AlertsOpenQuery }) {
  const { t } = useTranslation('alerts');
  const watching = alertRules.filter(({ isEnabled }) => isEnabled);
  const isTold = watching.some(({ channels }) => channels.length > 0);
  if (isTold) return <Nothing kind="well" title={t('nothingFires')} />;
  const tab = watching.length === 0 ? 'rules' : 'channels';
  return (
    <Nothing kind="yet" title={watching.length === 0 ? t('nothingWatched') : t('nothingFires')}>
      <Text size="sm">{t('nobodyTold')}</Text>
      <Button component={Link} to="/alerts" search={{ tab } as never}>
        {t(`to_${tab}`)}
      </Button>
    </Nothing>
  );
}
