/** The file of an export: how much is in it, until when it can be downloaded, and downloading it. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JobPageQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';

type File = NonNullable<NonNullable<JobPageQuery['job']>['exportFile']>;

/** Null: it is kept no more, or for somebody else. */
export function ExportResult({ file }: { readonly file: File | null }) {
  const { t, i18n } = useTranslation('jobs');
  const formats = useFormats();
  if (file === null) return <Text size="sm">{t('fileGone')}</Text>;
  const { url, fileName, rowCount, byteCount, expiresAt } = file;
  return (
    <Card withBorder component="section" aria-label={t('file')}>
      <Group justify="space-between" gap="md">
        <Stack gap={2}>
          <Title order={2}>{t('file')}</Title>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {fileName}
          </Text>
          <Text size="sm" className="muted" component="div">
            {t('fileHolds', { count: rowCount, number: formats.number(rowCount) })} · {sizeIn(i18n.language, byteCount)}{' '}
            · {t('fileUntil')} <Moment at={expiresAt} isExact />
          </Text>
        </Stack>
        <Button
          component="a"
          href={url}
          download={fileName}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
        >
          {t('download')}
        </Button>
      </Group>
    </Card>
  );
}

/** Bytes in the largest unit that fits. */
function sizeIn(language: string, bytes: number): string {
  const [unit, size] = bytes < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
  const shown = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, shown).format(bytes / size);
}
