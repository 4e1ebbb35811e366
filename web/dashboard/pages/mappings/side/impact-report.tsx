/** What an analysis has found: how many records change, in which fields, what would fail, and some of them; and how far one is. */
import { Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../parts/formats.ts';
import { Shape } from '../../../parts/status.tsx';
import { ImpactChanges, ImpactRecord } from '../../records/impact-sample.tsx';
import { useCalled } from '../../records/use-called.ts';
import { briefly } from '../model/reading.ts';
import { millisecondsOf } from './duration.ts';
import type { ImpactJob, ImpactReport } from './use-impact.ts';

export function Working({ job, onCancel }: { readonly job: ImpactJob; onCancel(): void }) {
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

/** How many records there are, how many of them would change, and how many would fail that did not. */
export function useSummary(): (report: ImpactReport) => string {
  const { t } = useTranslation('mappings');
  const formats = useFormats();
  const said = (key: 'impactAll' | 'impactChanges' | 'impactFails', count: number): string =>
    t(key, { count, number: formats.number(count) });
  return ({ evaluated, changed, newlyFailing }) =>
    `${said('impactAll', evaluated)}${formats.colon}${said('impactChanges', changed)}, ${said('impactFails', newlyFailing)}`;
}

export function Report({ report, job }: { readonly report: ImpactReport; readonly job: ImpactJob }) {
  const { t } = useTranslation('mappings');
  const formats = useFormats();
  const summaryOf = useSummary();
  const { newlyFailing, calls, estimatedDuration } = report;
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
        {summaryOf(report)}
      </Text>
      <Text size="sm">
        {more
          .filter(([, number]) => number > 0)
          .map(([key, count]) => t(key, { count, number: formats.number(count) }))
          .join(' · ')}
        {calls > 0 && ` ${t('impactCalls', { count: calls })}`}
        {calls > 0 && takes !== null && ` ${t('impactTakes', { duration: formats.duration(takes) })}`}
      </Text>
      {report.byField.length > 0 && <ByField report={report} />}
      {job.impactSamples.length > 0 && <Samples job={job} fields={report.byField} />}
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
        {report.byField.map(({ field, label, changed, failing, shifts }) => (
          <Table.Tr key={field}>
            <Table.Th scope="row" fw={500} title={field}>
              {label ?? field}
            </Table.Th>
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

function Samples({
  job: { impactSamples: samples },
  fields,
}: {
  readonly job: ImpactJob;
  readonly fields: ImpactReport['byField'];
}) {
  const { t } = useTranslation('mappings');
  const records = useCalled(samples.map(({ entityId }) => entityId));
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        {t('someOfThem')}
      </Text>
      <Stack gap="xs" component="ul" className="plain-list">
        {samples.map(({ entityId, systemKey, outcome, changes }) => (
          <li key={`${systemKey}${entityId}`}>
            <Text size="sm" component="div">
              <ImpactRecord {...{ entityId, systemKey, records }} outcome={t(`sampleOutcome.${outcome}`)} />
            </Text>
            <ImpactChanges changes={changes} fields={fields} records={records} />
          </li>
        ))}
      </Stack>
    </div>
  );
}
