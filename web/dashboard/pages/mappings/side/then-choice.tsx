/** What becomes of records of the past once a version is in use. */
import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AfterPublish } from '../../../graph/kinds.ts';

const choices: readonly AfterPublish[] = ['APPLY_TO_NEW', 'REPLAY_DEAD_LETTERS', 'BACKFILL_CHANGED'];

export function ThenChoice({
  value,
  isInbound,
  onChange,
}: {
  readonly value: AfterPublish;
  readonly isInbound: boolean;
  onChange(value: AfterPublish): void;
}) {
  const { t } = useTranslation('mappings');
  // What was received once is not kept, so nothing can be made anew from it.
  const offered = choices.filter((choice) => !isInbound || choice !== 'BACKFILL_CHANGED');
  return (
    <Radio.Group label={t('afterwards')} value={value} onChange={(next) => onChange(next as AfterPublish)}>
      <Stack gap={6} mt={4}>
        {offered.map((choice) => (
          <Radio key={choice} value={choice} label={t(`thens.${choice}`)} description={t(`thenHints.${choice}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
