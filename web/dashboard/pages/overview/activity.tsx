/** What happened in the last 24 hours: bars, a sentence, and the same as a table. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { ActivityBars } from './activity-bars.tsx';
import { between, kinds, moved, type Bucket } from './buckets.ts';
import { Panel } from './panel.tsx';

export function Activity({ buckets }: { readonly buckets: readonly Bucket[] }) {
  const { t } = useTranslation('overview');
  const { t: common } = useTranslation();
  const [isTable, setTable] = useState(false);
  return (
    <Panel
      title={t('activityTitle')}
      actions={
        <Group gap="sm">
          {kinds.map((kind) => (
            <Group key={kind} gap={5} wrap="nowrap">
              <Swatch kind={kind} />
              <Text size="xs">{t(kind)}</Text>
            </Group>
          ))}
          <Button size="compact-sm" variant="subtle" onClick={() => setTable(!isTable)}>
            {isTable ? common('asPicture') : common('asTable')}
          </Button>
        </Group>
      }
    >
      {isTable ? <BucketTable buckets={buckets} /> : <ActivityBars buckets={buckets} />}
    </Panel>
  );
}

const Swatch = ({ kind }: { readonly kind: (typeof kinds)[number] }) => (
  <svg width="12" height="12" aria-hidden="true">
    {kind === 'failed' ? (
      <path className="overview-failed" d="M6 0.8L11.6 11H0.4Z" />
    ) : (
      <rect className={`overview-${kind}`} width="12" height="12" rx="2" />
    )}
  </svg>
);

function BucketTable({ buckets }: { readonly buckets: readonly Bucket[] }) {
  const { t } = useTranslation('overview');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const busy = buckets.filter(({ counts }) => moved(counts) > 0).toReversed();
  if (busy.length === 0) return <Text size="sm">{t('quiet')}</Text>;
  return (
    <div className="overview-scroll">
      <table className="overview-table" aria-label={t('activityTitle')}>
        <thead>
          <tr>
            <th scope="col">{common('when')}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col" className="overview-figure">
                {t(kind)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {busy.map((bucket) => (
            <tr key={bucket.from}>
              <td>
                <Anchor component={Link} to="/activity" search={between(bucket, bucket) as never} size="sm">
                  {t('span', { from: formats.moment(bucket.from), to: formats.time(bucket.to) })}
                </Anchor>
              </td>
              {kinds.map((kind) => (
                <td key={kind} className="overview-figure">
                  {formats.number(bucket.counts[kind])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
