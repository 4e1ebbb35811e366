/** What it means to take the word of a system, once or from now on. The dialog names the effect before anything happens. */
import { Checkbox, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { ConflictOwnersSaveDocument, ConflictResolveDocument, ConflictsOfFieldDocument } from '../../graph/graphql.ts';
import type { EntityType } from '../../graph/kinds.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import { told } from '../../parts/told.ts';
import { useRecordName, type Side } from './conflict-cell.tsx';
import type { Row } from './shown-value.tsx';

/** Conflicts that end by the word of a system. */
export interface Taking {
  readonly system: Side;
  readonly rows: readonly Row[];
}

/** The conflicts in which the system has a word. */
export const takingOf = (system: Side, rows: readonly Row[]): Taking => ({
  system,
  rows: rows.filter(({ values }) => values.some((each) => each.system?.id === system.id)),
});

export function TakeDialog({
  taking: { system, rows },
  linesOf,
  onClose,
  onDone,
}: {
  readonly taking: Taking;
  linesOf(conflict: Row, value: unknown): readonly string[];
  onClose(): void;
  onDone(): void;
}) {
  const { t } = useTranslation('conflicts');
  const mayRule = useMay('WRITE_MAPPINGS');
  const [isRule, setRule] = useState(false);
  const { run, isRunning, error } = useTake({ system, rows }, isRule);
  const confirm = async (): Promise<void> => {
    try {
      await run();
      told(isRule ? t('ruled', { system: system.name }) : t('taken', { count: rows.length, system: system.name }));
      onDone();
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Confirm
      isOpen
      title={t('takeTitle', { system: system.name })}
      action={isRule ? t('takeAndRule') : t('take', { count: rows.length })}
      isRunning={isRunning}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Effect taking={{ system, rows }} linesOf={linesOf} />
        {mayRule && (
          <Checkbox
            checked={isRule}
            onChange={(event) => setRule(event.currentTarget.checked)}
            label={<RuleLabel taking={{ system, rows }} />}
            description={isRule ? <RuleEffect rows={rows} system={system} /> : undefined}
          />
        )}
      </Stack>
    </Confirm>
  );
}

function useTake({ system, rows }: Taking, isRule: boolean) {
  const resolve = useCommand(ConflictResolveDocument, []);
  const save = useCommand(ConflictOwnersSaveDocument, []);
  // One that was refused stops the others; when it is tried again, those before it are over.
  const over = useRef(new Set<string>());
  async function run(): Promise<void> {
    if (isRule) {
      for (const [entityType, paths] of fieldsOf(rows)) {
        const owners = [...paths.keys()].map((path) => ({ path, policy: 'SYSTEM' as const, systemId: system.id }));
        await save.run({ input: { entityType, owners } });
      }
      return;
    }
    for (const { id } of rows.filter((row) => !over.current.has(row.id))) {
      await resolve.run({ input: { id, resolution: { takeFromSystemId: system.id } } });
      over.current.add(id);
    }
  }
  return { run, isRunning: resolve.isRunning || save.isRunning, error: resolve.error ?? save.error };
}

/** The fields of the conflicts with their names, by kind of record. */
function fieldsOf(rows: readonly Row[]): ReadonlyMap<EntityType, ReadonlyMap<string, string>> {
  const found = new Map<EntityType, Map<string, string>>();
  for (const { entityType, path, field } of rows) {
    const paths = found.get(entityType) ?? new Map<string, string>();
    found.set(entityType, paths.set(path, field.label));
  }
  return found;
}

function Effect({
  taking: { system, rows },
  linesOf,
}: {
  readonly taking: Taking;
  linesOf(conflict: Row, value: unknown): readonly string[];
}) {
  const { t } = useTranslation('conflicts');
  const formats = useFormats();
  const nameOf = useRecordName();
  const [first] = rows;
  if (first === undefined || rows.length > 1) {
    return <Text size="sm">{t('takeMany', { count: rows.length, system: system.name })}</Text>;
  }
  const claim = first.values.find((each) => each.system?.id === system.id);
  const value = formats.list(linesOf(first, claim?.value));
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {t('takeOne', { field: first.field.label, record: nameOf(first), value })}
    </Text>
  );
}

function RuleLabel({ taking: { system, rows } }: { readonly taking: Taking }) {
  const { t } = useTranslation('conflicts');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const what = [...fieldsOf(rows)].map(
    ([entityType, paths]) => `${kinds(`entities.${entityType}`)} (${formats.list([...paths.values()])})`,
  );
  return t('makeRule', { system: system.name, what: formats.list(what) });
}

/** In numbers where one field is meant. */
function RuleEffect({ rows, system }: Taking) {
  const { t } = useTranslation('conflicts');
  const fields = [...fieldsOf(rows)].flatMap(([entityType, paths]) => [...paths.keys()].map((path) => ({ entityType, path }))); // prettier-ignore
  const [only] = fields;
  const { data } = useAsk(ConflictsOfFieldDocument, only ?? {}, { isOff: fields.length !== 1 });
  const count = fields.length === 1 ? data?.fieldConflicts.totalCount.value : undefined;
  return (
    <>
      {count !== undefined && `${t('ruleEnds', { count })} `}
      {t('ruleEffect', { system: system.name })}
    </>
  );
}
