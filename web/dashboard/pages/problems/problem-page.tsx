/** /problems/$problemId: what went wrong with one record, its way until then, what it blocks, and what can be done. */
import { Anchor, Button, Grid, Group, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/session.tsx';
import { ProblemNewsDocument, ProblemPageDocument, ProblemSiblingsDocument } from '../../graph/graphql.ts';
import { capital } from '../../parts/formats.ts';
import { Page } from '../../parts/page.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { recordPath } from '../../parts/record-paths.ts';
import { Status } from '../../parts/status.tsx';
import { AssignDialog, DiscardDialog } from './care-dialogs.tsx';
import { CauseLink } from './cause-link.tsx';
import { FixDialog } from './fix-dialog.tsx';
import { useProblemName, type ShownProblem } from './naming.ts';
import { ProblemError, ProblemJourney } from './problem-error.tsx';
import { ProblemBlocked, ProblemHistory, ProblemNotes, ProblemPayload } from './problem-parts.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import { problemsById, type Targets } from './targets.ts';

const route = getRouteApi('/inside/problems/$problemId');

export function ProblemPage() {
  const { t } = useTranslation();
  const { problemId } = route.useParams();
  const asked = useAsk(ProblemPageDocument, { id: problemId });
  const refresh = useRefresh([ProblemPageDocument, ProblemSiblingsDocument]);
  const fingerprint = asked.data?.deadLetter?.fingerprint;
  useLive(
    ProblemNewsDocument,
    { filter: { fingerprint: fingerprint ?? null } },
    { onNews: refresh, onResume: refresh, isOff: fingerprint === undefined },
  );
  return (
    <PageOfOne of={asked} pick={({ deadLetter }) => deadLetter} kind={t('pageProblems')} list={{ path: '/problems' }}>
      {(problem) => <OneProblem problem={problem} />}
    </PageOfOne>
  );
}

function OneProblem({ problem }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  const nameOf = useProblemName();
  const { entity, entityType, flow, system } = problem;
  return (
    <Page
      title={capital(nameOf(problem))}
      about={
        <Group gap={8}>
          <Anchor component={Link} to="/problems" size="sm">
            {common('pageProblems')}
          </Anchor>
          <Status kind="problem" state={problem.status} />
          {flow != null && (
            <Anchor component={Link} to={`/flows/${flow.id}`} size="sm">
              {flow.name}
            </Anchor>
          )}
          {system != null && (
            <Anchor component={Link} to={`/systems/${system.id}`} size="sm">
              {system.name}
            </Anchor>
          )}
          {entity != null && entityType != null && (
            <Anchor component={Link} to={recordPath(entityType, entity.id)} size="sm">
              {t('openRecord')}
            </Anchor>
          )}
        </Group>
      }
      actions={<Actions problem={problem} />}
    >
      <Siblings problem={problem} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <ProblemError problem={problem} />
            <ProblemJourney problem={problem} />
            <ProblemPayload problem={problem} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <ProblemBlocked problem={problem} />
            <ProblemNotes problem={problem} />
            <ProblemHistory problem={problem} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

type Open = { readonly what: 'replay' | 'assign' | 'discard'; readonly targets: Targets } | null;

function Actions({ problem: { id, status, error } }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const mayReplay = useMay('REPLAY');
  const [open, setOpen] = useState<Open>(null);
  if (!mayReplay) return null;
  const isOpen = status === 'OPEN' || status === 'REPLAYING';
  const start = (what: NonNullable<Open>['what']) => () => setOpen({ what, targets: problemsById([id]) });
  const close = (): void => setOpen(null);
  const targetsFor = (what: NonNullable<Open>['what']) => (open?.what === what ? open.targets : null);
  return (
    <>
      {isOpen && (
        <>
          {/* Where a row is missing, adding it comes first. */}
          <Button variant={error.classification === 'UNMAPPED' ? 'default' : 'filled'} onClick={start('replay')}>
            {t('replay')}
          </Button>
          <Button variant="default" onClick={start('assign')}>
            {t('assignTo')}
          </Button>
          <Button variant="default" onClick={start('discard')}>
            {t('discard')}
          </Button>
        </>
      )}
      <ReplayDialog targets={targetsFor('replay')} onClose={close} />
      <AssignDialog targets={targetsFor('assign')} onClose={close} onDone={close} />
      <DiscardDialog targets={targetsFor('discard')} onClose={close} onDone={close} />
    </>
  );
}

/** How many others have the same cause, and what mends all of them. */
function Siblings({ problem: { fingerprint, status } }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const [fixed, fix] = useState<string | null>(null);
  const [mayMap, mayReplay] = [useMay('WRITE_MAPPINGS'), useMay('REPLAY')];
  const isOpen = status === 'OPEN' || status === 'REPLAYING';
  const { data } = useAsk(
    ProblemSiblingsDocument,
    { filter: { fingerprint, status: ['OPEN', 'REPLAYING'] } },
    { isOff: !isOpen },
  );
  const cause = isOpen ? data?.deadLetterGroups.nodes[0] : undefined;
  const isFixable = cause !== undefined && cause.missingEntries.length > 0 && mayMap && mayReplay;
  return (
    <>
      {cause !== undefined && (
        <Group gap="sm">
          {isFixable && <Button onClick={() => fix(fingerprint)}>{t('fix')}</Button>}
          {cause.count > 1 && (
            <CauseLink fingerprint={fingerprint} size="sm">
              {t('siblings', { count: cause.count - 1 })}
            </CauseLink>
          )}
          {cause.flow?.state === 'SUSPENDED' && <Text size="sm">{t('flowStopped')}</Text>}
        </Group>
      )}
      <FixDialog fingerprint={fixed} onClose={() => fix(null)} />
    </>
  );
}
