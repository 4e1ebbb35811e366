/** What the draft would do to all records, before it is in use: how many, in which fields, what would fail, and some of them. */
import { Alert, Anchor, Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../../parts/failure.tsx';
import { useFormats } from '../../../parts/formats.ts';
import { Shape } from '../../../parts/status.tsx';
import { briefly } from '../model/reading.ts';
import { useEditor } from '../state.ts';
import { millisecondsOf } from './duration.ts';
import type { Impact, ImpactJob, ImpactReport } from './use-impact.ts';

export function ImpactPanel({ impact, onPublish }: { readonly impact: Impact; onPublish(): void }) {
  const { t } = useTranslation('mappings');
  const { editing, save, isInbound, mayEdit } = useEditor();
  const { job, report, isOutdated, isRunning, error } = impact;
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
          <Button variant="default" loading={isRunning} onClick={() => void analyze()}>
            {editing.isChanged ? t('saveAndAnalyze') : report === null ? t('analyze') : t('analyzeAgain')}
          </Button>
          {report !== null && <Button onClick={onPublish}>{t('publishOpen')}</Button>}
        </Group>
      )}
    </Stack>
  );
}

function Working({ job, onCancel }: { readonly job: ImpactJob; onCancel(): void }) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const { done, total } = job;
  return (
    <Stack gap={4}>
      <Progress value={total == null || total === 0 ? 0 : (done / total) * 100} aria-label={t('impact')} />
      <Group justify="space-between">
        <Text size="sm" role="status">
          {total == null
            ? t('impactBegins')
            : t('impactProgress', { done: formats.number(done), total: formats.number(total) })}
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={onCancel}>
          {common('cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

function Report({ report, job }: { readonly report: ImpactReport; readonly job: ImpactJob }) {
  const { t } = useTranslation('mappings');
  const formats = useFormats();
  const { evaluated, changed, newlyFailing, calls, estimatedDuration } = report;
  const more = [
    ['newlyPassing', report.newlyPassing],
    ['newlyExcluded', report.newlyExcluded],
    ['newlyIncluded', report.newlyIncluded],
    ['waiting', report.waiting],
  ] as const;
  const takes = estimatedDuration == null ? null : millisecondsOf(estimatedDuration);
  return (
    <Stack gap="sm">
      <Text fw={600} role="status" className={newlyFailing > 0 ? 'status tone-failed' : undefined}>
        {newlyFailing > 0 && <Shape tone="failed" />}
        {t('impactSummary', {
          all: formats.number(evaluated),
          changed: formats.number(changed),
          failing: formats.number(newlyFailing),
        })}
      </Text>
      <Text size="sm">
        {more
          .filter(([, number]) => number > 0)
          .map(([key, number]) => t(key, { number: formats.number(number) }))
          .join(' · ')}
        {calls > 0 && ` ${t('impactCalls', { count: calls })}`}
        {calls > 0 && takes !== null && ` ${t('impactTakes', { duration: formats.duration(takes) })}`}
      </Text>
      {report.byField.length > 0 && <ByField report={report} />}
      {job.impactSamples.length > 0 && <Samples job={job} />}
    </Stack>
  );
}

function ByField({ report }: { readonly report: ImpactReport }) {
  const { t } = useTranslation('mappings');
  const formats = useFormats();
  const most = Math.max(...report.byField.map(({ changed, failing }) => changed + failing), 1);
  return (
    <Table aria-label={t('byField')} verticalSpacing={4} fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('field')}</Table.Th>
          <Table.Th scope="col">{t('records')}</Table.Th>
          <Table.Th scope="col">{t('commonest')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {report.byField.map(({ field, changed, failing, shifts }) => (
          <Table.Tr key={field}>
            <Table.Td>
              <code>{field}</code>
            </Table.Td>
            <Table.Td>
              <Bar changed={changed} failing={failing} most={most} />
              {formats.number(changed + failing)}
            </Table.Td>
            <Table.Td>
              {shifts.slice(0, 3).map(({ before, after, count }) => (
                <Text key={`${before}→${after}`} size="xs">
                  {briefly(before, 30) || '–'} → {briefly(after, 30) || '–'} ({formats.number(count)})
                </Text>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Bar({
  changed,
  failing,
  most,
}: {
  readonly changed: number;
  readonly failing: number;
  readonly most: number;
}) {
  const width = (part: number): number => (part / most) * 60;
  return (
    <svg width={64} height={10} viewBox="0 0 64 10" aria-hidden="true" className="impact-bar">
      <rect x={0} y={1} width={width(changed)} height={8} className="impact-changed" />
      <rect x={width(changed)} y={1} width={width(failing)} height={8} className="impact-failing" />
    </svg>
  );
}

const paths: readonly (readonly [prefix: string, folder: string])[] = [
  ['prd_', 'products'],
  ['var_', 'products'],
  ['cat_', 'categories'],
  ['cus_', 'customers'],
  ['ord_', 'orders'],
];

function Samples({ job }: { readonly job: ImpactJob }) {
  const { t } = useTranslation('mappings');
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        {t('someOfThem')}
      </Text>
      <Stack gap="xs" component="ul" className="plain-list">
        {job.impactSamples.map(({ entityId, systemKey, outcome, changes }) => {
          const folder = paths.find(([prefix]) => entityId.startsWith(prefix))?.[1];
          return (
            <li key={`${systemKey}${entityId}`}>
              <Text size="sm" component="div">
                {folder === undefined ? (
                  entityId
                ) : (
                  <Anchor component={Link} to={`/${folder}/${entityId}`} size="sm">
                    {entityId}
                  </Anchor>
                )}{' '}
                <span className="muted">{t(`sampleOutcome.${outcome}`)}</span>
              </Text>
              {lines(changes).map((line) => (
                <Text key={line} size="xs">
                  {line}
                </Text>
              ))}
            </li>
          );
        })}
      </Stack>
    </div>
  );
}

/** "field: before → after", or the reason. */
function lines(changes: unknown): readonly string[] {
  if (typeof changes === 'string') return [changes];
  return Object.entries((changes ?? {}) as Readonly<Record<string, unknown>>).map(([field, change]) => {
    const pair = Array.isArray(change) ? (change as readonly unknown[]) : typeof change === 'object' && change !== null && 'after' in change ? [(change as { before?: unknown }).before, change.after] : null; // prettier-ignore
    return pair === null
      ? `${field}: ${briefly(change, 80)}`
      : `${field}: ${briefly(pair[0] ?? '–', 50)} → ${briefly(pair[1] ?? '–', 50)}`;
  });
}
