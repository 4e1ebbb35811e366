/** How far problems are that are being tried again: how many went through, are under way, failed once more. Goes on when it is closed. */
import { Anchor, Progress, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ProblemFlowProgressDocument, ProblemProgressDocument } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Said } from './said.tsx';
import { usePlans, type Watched } from './targets.ts';

const everyMs = 700;

interface Standing {
  readonly underWay: number;
  /** Failed again, with why. */
  readonly failed: readonly { readonly id: string; readonly message: string }[];
  readonly isKnown: boolean;
}

/** Of problems that are looked at one by one. */
function useEach(ids: readonly string[] | null): Standing {
  const { data } = useAsk(ProblemProgressDocument, { ids: ids ?? [] }, { isOff: ids === null, everyMs });
  const nodes = data?.nodes.flatMap((node) => (node?.__typename === 'DeadLetter' ? [node] : [])) ?? [];
  return {
    underWay: nodes.filter(({ status }) => status === 'REPLAYING').length,
    failed: nodes.flatMap(({ id, status, error }) => (status === 'OPEN' ? [{ id, message: error.message }] : [])),
    isKnown: data !== undefined,
  };
}

/** How all of it stands: the problems, and what waited behind them. */
function useStanding({ ids, selections, total, problems, flowId, others }: Watched) {
  const each = useEach(ids);
  const { plans, isReady, error } = usePlans(ids === null ? selections : [], everyMs);
  const flow = useAsk(ProblemFlowProgressDocument, { id: flowId ?? '' }, { isOff: flowId === null, everyMs });
  const left = ids === null ? plans.reduce((sum, { count }) => sum + count.value, 0) : each.underWay;
  const waiting = Math.min(flow.data?.flow?.syncState.pending.value ?? 0, total - problems);
  // What waited behind may fail in its turn, for whatever reason; it is a problem of the flow then.
  const open = (flow.data?.flow?.openDeadLetterCount ?? 0) - others;
  const failedBehind = flowId === null ? 0 : Math.min(Math.max(0, open - left - each.failed.length), total - problems);
  const failed = each.failed.length + failedBehind;
  const isKnown = (ids === null ? isReady : each.isKnown) && (flowId === null || flow.data !== undefined);
  const underWay = left + waiting;
  const done = isKnown ? Math.max(0, total - underWay - failed) : 0;
  return { done, underWay, failed, example: each.failed[0], isOver: isKnown && underWay === 0, error };
}

export function ReplayProgress({ watched, onDone }: { readonly watched: Watched; onDone(): void }) {
  const { t } = useTranslation('problems');
  const formats = useFormats();
  const { done, underWay, failed, example, isOver, error } = useStanding(watched);
  const { total } = watched;
  useEffect(() => {
    if (isOver) onDone();
  }, [isOver, onDone]);
  return (
    <Stack gap="sm">
      <Progress.Root size="lg" radius="xl">
        <Progress.Section
          value={(100 * done) / Math.max(1, total)}
          color={failed > 0 ? 'orange' : 'green'}
          aria-label={t('progressName')}
        />
      </Progress.Root>
      <div role="status">
        {isOver && failed === 0 ? (
          <Said tone="ok" title={t('allThrough', { count: total })}>
            {t('allThroughHint')}
          </Said>
        ) : (
          <Text size="sm">
            {t('through', { done: formats.number(done), total: formats.number(total) })}
            {underWay > 0 && ` ${t('underWay', { count: underWay })}`}
          </Text>
        )}
      </div>
      {failed > 0 && (
        <Said tone="failed" title={t('failedAgain', { count: failed })}>
          <Stack gap={4}>
            {example !== undefined && <Text size="sm">{example.message}</Text>}
            <Anchor component={Link} to={example === undefined ? '/problems' : `/problems/${example.id}`} size="sm">
              {t('openExample')}
            </Anchor>
          </Stack>
        </Said>
      )}
      {error !== null && <Failure error={error} />}
      {!isOver && (
        <Text size="sm" className="muted">
          {t('goesOn')}
        </Text>
      )}
    </Stack>
  );
}
