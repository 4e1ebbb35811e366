/** What people did to a flow, the latest first; for those who may read the audit. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { FlowsHistoryDocument } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';

const known = [
  'flowCreate',
  'flowUpdate',
  'flowEnable',
  'flowDisable',
  'flowPause',
  'flowResume',
  'flowRun',
  'flowMarkerReset',
  'flowBackfill',
  'reconciliationSchedule',
] as const;

export function History({ flowId }: { readonly flowId: string }) {
  const { t } = useTranslation('flows');
  const asked = useAsk(FlowsHistoryDocument, { flowId });
  const wordFor = (action: string): string => {
    const found = known.find((each) => each === action);
    return found === undefined ? action : t(`did.${found}`);
  };
  return (
    <Answer of={asked} skeleton={<Lines count={3} />}>
      {({ auditEntries: { nodes } }) =>
        nodes.length === 0 ? (
          <Text size="sm" className="muted">
            {t('noHistory')}
          </Text>
        ) : (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {nodes.map(({ id, action, at, actor, reason, detail }) => (
              <li key={id} style={{ padding: '3px 0' }}>
                <Text size="sm">
                  <b>{actor.name}</b> {wordFor(action)} <Moment at={at} />
                  {reasonOf(reason, detail) !== null && ` · ${reasonOf(reason, detail)}`}
                </Text>
              </li>
            ))}
          </ul>
        )
      }
    </Answer>
  );
}

function reasonOf(reason: string | null | undefined, detail: Readonly<Record<string, unknown>>): string | null {
  const said = reason ?? detail['reason'];
  return typeof said === 'string' && said !== '' ? said : null;
}
