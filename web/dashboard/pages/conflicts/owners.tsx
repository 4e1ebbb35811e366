/** Who decides about each field, by kind of record; one or several can be given to another, and what was said taken back. */
import { Button, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { ConflictFieldsDocument } from '../../graph/graphql.ts';
import type { EntityType } from '../../graph/kinds.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { capital } from '../../parts/formats.ts';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { OwnerDialog } from './owner-dialog.tsx';
import { defaultOf, useRuleWords, type OwnedField } from './owner-words.ts';

/** `of`: one kind of record; all when left out. */
export function Owners({ of }: { readonly of: EntityType | undefined }) {
  const { t } = useTranslation('conflicts');
  const asked = useAsk(ConflictFieldsDocument, {});
  return (
    <Answer of={asked} skeleton={<Lines count={12} height={28} />}>
      {({ products, variants, categories, customers }) => (
        <Stack gap="xl">
          <Text size="sm" maw={760}>
            {t('ownersAbout')}
          </Text>
          {[products, variants, categories, customers]
            .filter(([first]) => first !== undefined && (of === undefined || first.entityType === of))
            .map((fields) => (
              <OwnersOfKind key={fields[0]!.entityType} entityType={fields[0]!.entityType} fields={fields} />
            ))}
        </Stack>
      )}
    </Answer>
  );
}

type Row = OwnedField & { readonly id: string };
interface Asked {
  readonly fields: readonly OwnedField[];
  /** The dialog begins at "as by default". */
  readonly isBack: boolean;
}

function OwnersOfKind({
  entityType,
  fields,
}: {
  readonly entityType: EntityType;
  readonly fields: readonly OwnedField[];
}) {
  const { t } = useTranslation('conflicts');
  const { t: kinds } = useTranslation('kinds');
  const mayRule = useMay('WRITE_MAPPINGS');
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [asked, ask] = useState<Asked | null>(null);
  const rows = fields.map((field): Row => ({ ...field, id: field.path }));
  const meant = rows.filter(({ id }) => chosen.has(id));
  const labels = new Map(rows.filter(({ isEditable }) => isEditable).map(({ id, label }) => [id, label]));
  const kind = kinds(`entities.${entityType}`);
  const columns = useColumns(mayRule, (field, isBack) => ask({ fields: [field], isBack }));
  return (
    <section aria-label={kind}>
      <Group justify="space-between" gap="xs" mb={4} mih={36}>
        <Title order={2}>{capital(kind)}</Title>
        {mayRule && meant.length > 0 && <Chosen of={meant} onAsk={ask} />}
      </Group>
      <Sources of={fields} />
      <RecordTable
        label={t('ownersOf', { kind })}
        rows={rows}
        columns={columns}
        {...(mayRule
          ? {
              selection: {
                chosen,
                onChange: choose,
                nameOf: (id) => t('choose', { name: labels.get(id) ?? '' }),
                isChoosable: (id) => labels.has(id),
              },
            }
          : {})}
      />
      {asked !== null && (
        <OwnerDialog
          {...asked}
          entityType={entityType}
          onClose={() => ask(null)}
          onDone={() => {
            ask(null);
            choose(new Set());
          }}
        />
      )}
    </section>
  );
}

/** What can be done with the chosen fields. */
function Chosen({ of: fields, onAsk }: { readonly of: readonly OwnedField[]; onAsk(asked: Asked): void }) {
  const { t } = useTranslation('conflicts');
  return (
    <Group gap="xs">
      <Text size="sm" className="muted" role="status">
        {t('chosen', { count: fields.length })}
      </Text>
      <Button size="xs" variant="default" onClick={() => onAsk({ fields, isBack: false })}>
        {t('ownerChange')}
      </Button>
      {fields.some(({ isOwn }) => isOwn) && (
        <Button size="xs" variant="default" onClick={() => onAsk({ fields, isBack: true })}>
          {t('ownerBack')}
        </Button>
      )}
    </Group>
  );
}

/** Where fewer than two systems are read, a rule changes nothing yet. */
function Sources({ of: fields }: { readonly of: readonly OwnedField[] }) {
  const { t } = useTranslation('conflicts');
  const sources = fields[0]?.sources ?? [];
  if (sources.length > 1) return null;
  return (
    <Text size="sm" className="muted" mb={4} maw={760}>
      {sources.length === 0 ? t('noSource') : t('oneSource', { system: sources[0]!.name })}
    </Text>
  );
}

function useColumns(mayRule: boolean, onAsk: (field: OwnedField, isBack: boolean) => void): readonly Column<Row>[] {
  const { t } = useTranslation('conflicts');
  const wordsOf = useRuleWords();
  return [
    {
      key: 'field',
      title: t('ownerField'),
      show: ({ label }) => <b style={{ overflowWrap: 'break-word' }}>{label}</b>,
    },
    {
      key: 'rule',
      title: t('ownerRule'),
      show: (field) => (
        <>
          {capital(wordsOf(field))}
          <Text size="xs" className="muted">
            {!field.isEditable
              ? t('ownerFixed')
              : field.isOwn
                ? t('ownerUsually', { rule: wordsOf(defaultOf(field)) })
                : t('ownerDefault')}
          </Text>
          {mayRule && field.isEditable && <Acts field={field} onAsk={onAsk} isNarrow />}
        </>
      ),
    },
    ...(mayRule
      ? [
          {
            key: 'acts',
            title: <VisuallyHidden>{t('ownerActs')}</VisuallyHidden>,
            isFigure: true,
            from: 'sm' as const,
            show: (field: Row) => field.isEditable && <Acts field={field} onAsk={onAsk} />,
          },
        ]
      : []),
  ];
}

/** In a column of their own, on a telephone below what they change. */
function Acts({
  field,
  onAsk,
  isNarrow = false,
}: {
  readonly field: Row;
  onAsk(field: OwnedField, isBack: boolean): void;
  readonly isNarrow?: boolean;
}) {
  const { t } = useTranslation('conflicts');
  const { label, isOwn } = field;
  return (
    <Group gap={4} {...(isNarrow ? { hiddenFrom: 'sm', pt: 4 } : { justify: 'flex-end', wrap: 'nowrap' })}>
      {isOwn && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={`${t('ownerBack')} ${label}`}
          onClick={() => onAsk(field, true)}
        >
          {t('ownerBack')}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${t('ownerChange')} ${label}`}
        onClick={() => onAsk(field, false)}
      >
        {t('ownerChange')}
      </Button>
    </Group>
  );
}
