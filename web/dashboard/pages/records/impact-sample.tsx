/** One of the records of an analysis: what it is called, in which system, and what would become different there. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { useKeyNames } from './key-names.ts';
import { HeldValue } from './moment-value.tsx';
import type { NamedPart } from './plain-values.ts';
import type { CalledRecords } from './use-called.ts';

interface Props {
  readonly entityId: string;
  readonly systemKey: string;
  /** What would become of it, in words. */
  readonly outcome: string;
  readonly records: CalledRecords;
}

/** Its name with a link, the outcome and the system. */
export function ImpactRecord({ entityId, systemKey, outcome, records }: Props) {
  const nameOf = useKeyNames();
  return (
    <>
      <HeldValue field={{ path: 'id', parts: [] }} value={entityId} records={records} />
      <Text size="xs" className="muted">
        {outcome} · {nameOf(systemKey)}
      </Text>
    </>
  );
}

/** A field of the analysis, with what people call it and its parts. */
export interface ImpactField {
  readonly field: string;
  readonly label?: string | null | undefined;
  readonly parts: readonly NamedPart[];
}

/** Field by field; the reason when it would fail or be left out. */
export function ImpactChanges({
  changes,
  fields,
  records,
}: {
  readonly changes: unknown;
  readonly fields: readonly ImpactField[];
  readonly records: CalledRecords;
}) {
  const { t } = useTranslation('records');
  const { colon } = useFormats();
  if (typeof changes === 'string') return <Text size="xs">{changes}</Text>;
  const entries = Object.entries((changes ?? {}) as Readonly<Record<string, unknown>>);
  if (entries.length === 0) return <Text size="xs">{t('noField')}</Text>;
  return entries.map(([path, change]) => {
    const { label, parts = [] } = fields.find(({ field }) => field === path) ?? {};
    return (
      <Text key={path} size="xs" component="div" style={{ overflowWrap: 'anywhere' }}>
        <span className="muted" title={path}>
          {label ?? path}
          {colon}
        </span>
        {sidesOf(change).map((value, i) => (
          <span key={i}>
            {i > 0 && ' → '}
            <HeldValue field={{ path, parts }} value={value} records={records} />
          </span>
        ))}
      </Text>
    );
  });
}

/** Before and after; one value when only that is known. */
function sidesOf(change: unknown): readonly unknown[] {
  if (Array.isArray(change) && change.length === 2) return change as readonly unknown[];
  if (typeof change === 'object' && change !== null && 'after' in change)
    return ['before' in change ? change.before : null, change.after];
  return [change];
}
