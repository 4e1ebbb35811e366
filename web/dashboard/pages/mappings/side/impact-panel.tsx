/** What the draft would do to all records, before it is in use. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../../parts/failure.tsx';
import { useEditor } from '../state.ts';
import { Report, Working } from './impact-report.tsx';
import type { Impact } from './use-impact.ts';

export function ImpactPanel({ impact, onPublish }: { readonly impact: Impact; onPublish(): void }) {
  const { t } = useTranslation('mappings');
  const { mapping, editing, save, isInbound, mayEdit } = useEditor();
  const { job, report, isOutdated, isRunning, error } = impact;
  // What is not saved yet may have mended them.
  const broken = editing.isChanged ? 0 : mapping.problems.length;
  if (isInbound) return <Text size="sm">{t('noImpactInbound')}</Text>;
  const analyze = async (): Promise<void> => {
    const revision = editing.isChanged ? await save() : editing.revision;
    if (revision !== null) await impact.start(revision).catch(() => {});
  };
  return (
    <Stack gap="sm" component="section" aria-label={t('impact')}>
      <Text size="sm" className="muted">
        {t('impactAbout')}
      </Text>
      {error !== null && <Failure error={error} />}
      {isOutdated && !isRunning && <Alert color="yellow">{t('impactOutdated')}</Alert>}
      {job !== null && isRunning && <Working job={job} onCancel={impact.cancel} />}
      {job?.status === 'FAILED' && <Alert color="red">{job.error ?? t('impactFailed')}</Alert>}
      {job?.status === 'CANCELLED' && <Text size="sm">{t('impactCancelled')}</Text>}
      {report !== null && job !== null && <Report report={report} job={job} />}
      {mayEdit && (
        <Group gap="xs">
          <Button variant="default" loading={isRunning} disabled={broken > 0} onClick={() => void analyze()}>
            {editing.isChanged ? t('saveAndAnalyze') : report === null ? t('analyze') : t('analyzeAgain')}
          </Button>
          {broken > 0 && <Text size="sm">{t('publishNeedsNoProblems', { count: broken })}</Text>}
          {report !== null && <Button onClick={onPublish}>{t('publishOpen')}</Button>}
        </Group>
      )}
    </Stack>
  );
}
