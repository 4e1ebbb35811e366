/** What of a list is taken away, and for what: a spreadsheet, by the habits of the language, or a program. Begins a job and leads to it. */
import { Button, Checkbox, Group, Modal, NativeSelect, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { ListColumnsDocument, ListExportDocument, type DataExportInput, type ListColumnsQuery } from '../../graph/graphql.ts'; // prettier-ignore
import { Answer, Lines } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import type { ExportProps } from './list-to-export.ts';

const separators = ['SEMICOLON', 'COMMA', 'TAB'] as const;
const decimalMarks = ['COMMA', 'POINT'] as const;
const formats = ['CSV', 'JSONL'] as const;

type Shape = Required<Pick<DataExportInput, 'separator' | 'decimalMark'>>;
type Format = (typeof formats)[number];
/** Filters and orders of lists are plain objects, each of a type of its own. */
type Asked = Readonly<Record<string, unknown>> | null;

export function ExportDialog({ list, title, count, onClose }: ExportProps & { onClose(): void }) {
  const { t, i18n } = useTranslation('dataExport');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const isEnglish = i18n.language === 'en';
  const [format, setFormat] = useState<Format>('CSV');
  const [shape, setShape] = useState<Shape>({
    separator: isEnglish ? 'COMMA' : 'SEMICOLON',
    decimalMark: isEnglish ? 'POINT' : 'COMMA',
  });
  const [chosen, choose] = useState<readonly string[] | null>(null);
  const columns = useAsk(ListColumnsDocument, { entityType: list.entityType });
  const { run, isRunning, error } = useCommand(ListExportDocument, []);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      const { filter = null, sort = null, ...of } = list;
      const asked = { ...of, filter: filter as Asked, sort: sort as Asked };
      const input = { ...asked, name: title, format, ...shape, timeZone, columns: chosen };
      const { dataExport } = await run({ input });
      if (dataExport.job != null) void navigate({ to: `/jobs/${dataExport.job.id}` });
    } catch {
      // The dialog shows it.
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('title', { list: title })}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <HowMany count={count} />
          <Radio.Group label={t('for')} value={format} onChange={(value) => setFormat(value as Format)}>
            <Stack gap={6} mt={6}>
              {formats.map((value) => (
                <Radio key={value} value={value} label={t(`format.${value}`)} description={t(`formatHint.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {format === 'CSV' && <SheetFields shape={shape} onChange={setShape} />}
          <Answer of={columns} skeleton={<Lines count={4} />}>
            {({ exportColumns }) => <Columns all={exportColumns} chosen={chosen} onChoose={choose} />}
          </Answer>
          {error !== null && <Failure error={error} />}
          <Text size="xs" className="muted">
            {t('order')} {t('kept')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={isRunning} disabled={chosen?.length === 0}>
              {t('begin')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The filter stays what it is; this says how much that means. */
function HowMany({ count }: Pick<ExportProps, 'count'>) {
  const { t } = useTranslation('dataExport');
  const { number } = useFormats();
  if (count === undefined) return <Text size="sm">{t('asShown')}</Text>;
  const values = { count: count.value, number: number(count.value) };
  return <Text size="sm">{count.precision === 'AT_LEAST' ? t('atLeast', values) : t('howMany', values)}</Text>;
}

function SheetFields({ shape, onChange }: { readonly shape: Shape; onChange(shape: Shape): void }) {
  const { t } = useTranslation('dataExport');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        label={t('separator')}
        value={shape.separator ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ ...shape, separator: value as Shape['separator'] })}
        data={separators.map((value) => ({ value, label: t(`separators.${value}`) }))}
      />
      <NativeSelect
        label={t('decimals')}
        value={shape.decimalMark ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ ...shape, decimalMark: value as Shape['decimalMark'] })}
        data={decimalMarks.map((value) => ({ value, label: t(`decimalMarks.${value}`) }))}
      />
    </SimpleGrid>
  );
}

type Column = ListColumnsQuery['exportColumns'][number];

/** The usual ones until somebody chooses; in the order of the list, whichever was ticked first. */
function Columns({
  all,
  chosen,
  onChoose,
}: {
  readonly all: readonly Column[];
  readonly chosen: readonly string[] | null;
  onChoose(chosen: readonly string[] | null): void;
}) {
  const { t } = useTranslation('dataExport');
  const keys = all.map(({ key }) => key);
  const usual = all.filter(({ isUsual }) => isUsual).map(({ key }) => key);
  return (
    <Checkbox.Group
      label={t('columns')}
      value={[...(chosen ?? usual)]}
      onChange={(picked) => onChoose(keys.filter((key) => picked.includes(key)))}
    >
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="xs" verticalSpacing={6} mt={6}>
        {all.map(({ key, heading }) => (
          <Checkbox key={key} value={key} label={heading} size="sm" />
        ))}
      </SimpleGrid>
      <Group gap="xs" mt="xs">
        <Button variant="subtle" size="compact-sm" onClick={() => onChoose(keys)}>
          {t('allColumns')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => onChoose(null)}>
          {t('usualColumns')}
        </Button>
      </Group>
    </Checkbox.Group>
  );
}
