/** One open conflict: the field and its record, and in a row what the systems last agreed on and what each says now. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../parts/moment.tsx';
import { recordPath } from '../../parts/record-paths.ts';
import { nameOfRecord } from '../problems/naming.ts';
import { Lines, type Row } from './shown-value.tsx';
import { isTypeable } from './values.ts';

export interface Side {
  readonly id: string;
  readonly name: string;
}

export interface CellActs {
  onTake(conflict: Row, system: Side): void;
  onOther(conflict: Row): void;
}

/** "variant T-shirt M"; the kind alone when the record is gone or may not be seen. */
export function useRecordName(): (conflict: Row) => string {
  const { t: kinds } = useTranslation('kinds');
  return ({ entity, entityType }) => `${kinds(`entity.${entityType}`)} ${nameOfRecord(entity) ?? ''}`.trim();
}

export function FieldOfRecord({ conflict }: { readonly conflict: Row }) {
  const nameOf = useRecordName();
  const { entity, entityType, field } = conflict;
  return (
    <Text component="div" style={{ overflowWrap: 'anywhere' }}>
      <b>{field.label}</b>{' '}
      {entity == null ? (
        <span className="muted">{nameOf(conflict)}</span>
      ) : (
        <Anchor component={Link} to={recordPath(entityType, entity.id)} size="sm">
          {nameOf(conflict)}
        </Anchor>
      )}
    </Text>
  );
}

/** `acts`: undefined for those who may not decide. */
export function ConflictCell({
  conflict,
  linesOf,
  acts,
}: {
  readonly conflict: Row;
  linesOf(conflict: Row, value: unknown): readonly string[];
  readonly acts: CellActs | undefined;
}) {
  const { t } = useTranslation('conflicts');
  const { t: common } = useTranslation();
  const { base, hasAgreed, values, field, detectedAt } = conflict;
  return (
    <Stack gap={6} py={4}>
      <Group justify="space-between" gap="xs">
        <FieldOfRecord conflict={conflict} />
        <Text size="xs" className="muted">
          {t('detected')} <Moment at={detectedAt} />
        </Text>
      </Group>
      <div className="conflict-sides">
        <SideBox name={t('agreed')} isBase>
          {hasAgreed ? (
            <Lines of={linesOf(conflict, base)} />
          ) : (
            <Text size="sm" className="muted">
              {t('neverAgreed')}
            </Text>
          )}
        </SideBox>
        {inOrder(values).map(({ system, value, changedAt }, i) => (
          <SideBox key={system?.id ?? i} name={system?.name ?? common('unknown')}>
            <Lines of={linesOf(conflict, value)} isStrong />
            <Text size="xs" className="muted">
              {changedAt == null ? t('heldBefore') : <Changed at={changedAt} />}
            </Text>
            {acts !== undefined && system != null && (
              <Button
                size="xs"
                variant="light"
                aria-label={`${t('takeThis')}: ${system.name}`}
                onClick={() => acts.onTake(conflict, system)}
              >
                {t('takeThis')}
              </Button>
            )}
          </SideBox>
        ))}
      </div>
      {acts !== undefined && isTypeable(field) && (
        <Button
          size="compact-sm"
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => acts.onOther(conflict)}
        >
          {t('otherValue')}
        </Button>
      )}
    </Stack>
  );
}

/** As the keys count them. */
const inOrder = (values: Row['values']): Row['values'] =>
  [...values].sort((one, other) => (one.system?.name ?? '').localeCompare(other.system?.name ?? ''));

function Changed({ at }: { readonly at: string }) {
  const { t } = useTranslation('conflicts');
  return (
    <>
      {t('changed')} <Moment at={at} />
    </>
  );
}

function SideBox({
  name,
  isBase = false,
  children,
}: {
  readonly name: string;
  readonly isBase?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="conflict-side" role="group" aria-label={name} data-base={isBase || undefined}>
      <Text size="xs" className="muted">
        {name}
      </Text>
      {children}
    </div>
  );
}
