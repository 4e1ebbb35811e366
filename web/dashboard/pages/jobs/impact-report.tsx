/** What an analysis found: what would become of all records, field by field, and samples. The samples as a CSV file. */
import { Button, Card, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { JobSamplesDocument, type JobPageQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { ImpactChanges, ImpactRecord } from '../records/impact-sample.tsx';
import { useCalled } from '../records/use-called.ts';

type Impact = NonNullable<NonNullable<JobPageQuery['job']>['impact']>;

const figures = [
  'changed',
  'unchanged',
  'newlyFailing',
  'newlyPassing',
  'newlyExcluded',
  'newlyIncluded',
  'inFlight',
  'waiting',
  'calls',
] as const;

export function ImpactReport({ jobId, impact }: { readonly jobId: string; readonly impact: Impact }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  return (
    <Stack>
      <Card withBorder component="section" aria-label={t('impact')}>
        <Title order={2}>{t('impact')}</Title>
        <Text size="sm">{t('evaluated', { count: impact.evaluated, number: formats.number(impact.evaluated) })}</Text>
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} mt="xs">
          {figures.map((figure) => (
            <Stack key={figure} gap={0}>
              <Text fw={700} size="lg">
                {formats.number(impact[figure])}
              </Text>
              <Text size="sm" className="muted">
                {t(`impactOf.${figure}`)}
              </Text>
            </Stack>
          ))}
        </SimpleGrid>
      </Card>
      {impact.byField.length > 0 && <Fields impact={impact} />}
      <Samples jobId={jobId} fields={impact.byField} />
    </Stack>
  );
}

function Fields({ impact: { byField, evaluated } }: { readonly impact: Impact }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  return (
    <Card withBorder component="section" aria-label={t('byField')}>
      <Title order={2}>{t('byField')}</Title>
      <Table aria-label={t('byField')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('field')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('impactOf.changed')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('failing')}
            </Table.Th>
            <Table.Td visibleFrom="sm" w="40%" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {byField.map(({ field, label, changed, failing }) => (
            <Table.Tr key={field}>
              <Table.Th scope="row" title={field}>
                {label ?? field}
              </Table.Th>
              <Table.Td ta="right">{formats.number(changed)}</Table.Td>
              <Table.Td ta="right">{formats.number(failing)}</Table.Td>
              <Table.Td visibleFrom="sm">
                <Bar share={changed / Math.max(evaluated, 1)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

const Bar = ({ share }: { readonly share: number }) => (
  <svg width="100%" height="10" aria-hidden="true" className="tone-pending">
    <rect width={`${Math.max(share * 100, 0.5)}%`} height="10" rx="3" fill="currentColor" />
  </svg>
);

const firstSamples = 10;
const mostSamples = 100;

function Samples({ jobId, fields }: { readonly jobId: string; readonly fields: Impact['byField'] }) {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const [first, setFirst] = useState(firstSamples);
  const asked = useAsk(JobSamplesDocument, { id: jobId, first, after: null });
  const records = useCalled((asked.data?.job?.impactSamples ?? []).map(({ entityId }) => entityId));
  return (
    <Answer of={asked}>
      {({ job }) => {
        const samples = job?.impactSamples ?? [];
        if (samples.length === 0) return null;
        return (
          <Card withBorder component="section" aria-label={t('samples')}>
            <Group justify="space-between">
              <Title order={2}>{t('samples')}</Title>
              <Button
                size="xs"
                variant="default"
                component="a"
                download="koppel-impact.json"
                href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(samples, null, 2))}`}
                leftSection={<IconDownload size={14} aria-hidden="true" />}
              >
                {t('download')}
              </Button>
            </Group>
            <Table aria-label={t('samples')} layout="fixed">
              <Table.Tbody>
                {samples.map(({ entityId, outcome, systemKey, changes }) => (
                  <Table.Tr key={`${entityId} ${systemKey}`}>
                    <Table.Th scope="row" w={{ base: 120, sm: 220 }} style={{ overflowWrap: 'anywhere' }}>
                      <ImpactRecord {...{ entityId, systemKey, records }} outcome={t(`outcomes.${outcome}`)} />
                    </Table.Th>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>
                      <ImpactChanges changes={changes} fields={fields} records={records} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {first < mostSamples && samples.length === first && (
              <Button size="xs" variant="subtle" mt="xs" onClick={() => setFirst(mostSamples)}>
                {common('more')}
              </Button>
            )}
          </Card>
        );
      }}
    </Answer>
  );
}
