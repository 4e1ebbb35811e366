/** What would come of the record: what would be done, which fields would change, what is wrong. Nothing is written for it. */
import { Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewOperation } from '../../../graph/kinds.ts';
import { Failure } from '../../../parts/failure.tsx';
import { useHabits } from '../../../parts/habits.ts';
import { Shape, type Tone } from '../../../parts/status.tsx';
import { HeldValue } from '../../records/moment-value.tsx';
import { recordsIn } from '../../records/moments.ts';
import { isEmpty, type NamedPart } from '../../records/plain-values.ts';
import { useCalled, type CalledRecords } from '../../records/use-called.ts';
import { briefly, isAbout, type Preview, type PreviewProblem } from '../model/reading.ts';
import { FieldName, useFieldWord } from '../rules/field-name.tsx';
import { partsOf, refersToRecords, targetName } from '../rules/names.ts';
import { useEditor } from '../state.ts';

const tones: Readonly<Record<PreviewOperation, Tone>> = {
  CREATE: 'ok',
  UPDATE: 'ok',
  NO_CHANGE: 'excluded',
  EXCLUDE: 'excluded',
  BLOCK: 'blocked',
  FAIL: 'failed',
};

export function PreviewPanel() {
  const { t } = useTranslation('mappings');
  const { preview, previewing, sample, isInbound } = useEditor();
  const { error, isBehind } = previewing;
  return (
    <Stack gap="sm" component="section" aria-label={t('preview')}>
      {error !== null && <Failure error={error} onRetry={previewing.now} />}
      {sample === null && <Text size="sm">{isInbound ? t('noSampleInbound') : t('noSample')}</Text>}
      <div role="status" aria-busy={isBehind} data-behind={isBehind || undefined} className="preview-outcome">
        {preview !== null && sample !== null && <Outcome preview={preview} isInbound={isInbound} />}
      </div>
      <Problems />
      {preview !== null && sample !== null && <Changes preview={preview} isInbound={isInbound} />}
    </Stack>
  );
}

function Outcome({ preview, isInbound }: { readonly preview: Preview; readonly isInbound: boolean }) {
  const { t } = useTranslation('mappings');
  const { operation, reason } = preview;
  if (operation == null) {
    return (
      <Text size="sm" className="status tone-failed" style={{ whiteSpace: 'normal' }}>
        <Shape tone="failed" />
        {reason ?? t('rulesUnusable')}
      </Text>
    );
  }
  const words = isInbound ? t(`wouldIn.${operation}`) : t(`would.${operation}`);
  return (
    <div>
      <span className={`status tone-${tones[operation]}`}>
        <Shape tone={tones[operation]} />
        <Text fw={600} component="span">
          {words}
        </Text>
      </span>
      <Text size="sm" className="muted">
        {[reason, t('neverWrites')].filter((part) => part != null).join(' ')}
      </Text>
    </div>
  );
}

function Changes({ preview, isInbound }: { readonly preview: Preview; readonly isInbound: boolean }) {
  const { t } = useTranslation('mappings');
  const { mapping } = useEditor();
  const { changes, operation } = preview;
  const records = useCalled(changes.flatMap(({ before, after }) => [before, after]));
  if (operation === 'NO_CHANGE') return <Text size="sm">{t('alreadySo')}</Text>;
  if (changes.length === 0) return null;
  const isFromNothing = preview.current == null;
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table aria-label={t('changes')} verticalSpacing={4} fz="sm" className="preview-changes">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('field')}</Table.Th>
            {!isFromNothing && <Table.Th scope="col">{t('before')}</Table.Th>}
            <Table.Th scope="col">{isInbound ? t('gives') : t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ path, label, before, after }) => {
            const shared = {
              path,
              parts: partsOf(mapping.targetFields, path),
              records,
              isReference: refersToRecords(mapping.targetFields, path),
            };
            return (
              <Table.Tr key={path}>
                <Table.Td>
                  <FieldName path={path} name={label ?? null} />
                </Table.Td>
                {!isFromNothing && (
                  <Table.Td className="diff-before">
                    <Value {...shared} value={before} />
                  </Table.Td>
                )}
                <Table.Td className="diff-after">
                  <Value {...shared} value={after} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface ValueProps {
  readonly path: string;
  readonly parts: readonly NamedPart[];
  readonly value: unknown;
  readonly records: CalledRecords;
  /** Whether the field, or a part of it, refers to records; elsewhere an id is sent as a text, and shown as that. */
  readonly isReference: boolean;
}

/** In words, as the pages of records say it; as the system has it for who asked for codes, and beside the words. */
function Value({ path, parts, value, records, isReference }: ValueProps) {
  const { hasFieldCodes } = useHabits();
  if (isEmpty(value)) return <>–</>;
  if (hasFieldCodes || (!isReference && recordsIn(value).length > 0)) return <>{briefly(value, 200)}</>;
  return (
    <span title={briefly(value, 200)}>
      <HeldValue field={{ path, parts }} value={value} records={records} />
    </span>
  );
}

/** What is wrong, each with the way to its rule. */
function Problems() {
  const { t } = useTranslation('mappings');
  const { mapping, problems, rows, openRule } = useEditor();
  const word = useFieldWord();
  if (problems.length === 0) return null;
  const rowOf = (problem: PreviewProblem) => rows.find((row) => isAbout(problem, row));
  return (
    <Paper withBorder p="sm" radius="md" component="section" aria-label={t('problems')}>
      <Group justify="space-between" mb={4}>
        <Text fw={600} size="sm">
          {t('problemCount', { count: problems.length })}
        </Text>
        <Text size="xs" className="muted">
          {t('nextProblemKey')}
        </Text>
      </Group>
      <Stack gap={4} component="ul" className="plain-list">
        {problems.map((problem, i) => {
          const row = rowOf(problem);
          return (
            <li key={i}>
              <span className="status tone-failed" style={{ whiteSpace: 'normal' }}>
                <Shape tone="failed" />
                <Text size="sm" component="span">
                  {problem.message}
                </Text>
              </span>{' '}
              {row !== undefined && (
                <Button size="compact-xs" variant="subtle" onClick={() => openRule(row.rule.id)}>
                  {t('toRule', { target: word(row.rule.target, targetName(mapping.targetFields, row)) })}
                </Button>
              )}
            </li>
          );
        })}
      </Stack>
    </Paper>
  );
}
