/** A list with a second code as a grid: codes down, second codes (countries) across. Where neither has a row the cell is visibly empty. */
import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { useEditing } from './editing.ts';
import { TargetInput } from './target-input.tsx';
import { entryKey, type Entry } from './table-text.ts';

const mostRows = 100;

export function ListGrid({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation('valueLists');
  const formats = useFormats();
  const { mayEdit } = useEditing();
  const byKey = new Map(entries.map((entry) => [entryKey(entry), entry]));
  const codes = [...new Set(entries.map(({ sourceValue }) => sourceValue))].sort(inOrder).slice(0, mostRows);
  const seconds = [...new Set(entries.flatMap(({ secondKey }) => secondKey ?? []))].sort();
  const columns: readonly (string | null)[] = [null, ...seconds];
  const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code);
  return (
    <>
      <Text size="sm" mb="xs">
        {t('gridHint')}
      </Text>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table verticalSpacing={4} horizontalSpacing="clamp(3px, 1vw, 10px)" withColumnBorders aria-label={t('grid')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('code')}</Table.Th>
              {columns.map((second) => (
                <Table.Th key={second ?? ''} scope="col" title={second !== null && isCountry(second) ? formats.country(second) : undefined}>
                  {second ?? t('allOthers')}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {codes.map((code) => {
              const general = byKey.get(entryKey({ sourceValue: code, secondKey: null }));
              return (
                <Table.Tr key={code}>
                  <Table.Th scope="row">{code}</Table.Th>
                  {columns.map((second) => {
                    const place = { sourceValue: code, secondKey: second };
                    const entry = byKey.get(entryKey(place));
                    const isHole = entry === undefined && general === undefined && second !== null;
                    return (
                      <Table.Td key={second ?? ''}>
                        <Cell entry={entry ?? { ...place, targetValue: '' }} inherited={entry === undefined ? general?.targetValue : undefined} isHole={isHole} mayEdit={mayEdit} />
                      </Table.Td>
                    );
                  })}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
} // prettier-ignore

function Cell({
  entry,
  inherited,
  isHole,
  mayEdit,
}: {
  readonly entry: Entry;
  /** What the row for all others gives here. */
  readonly inherited: string | undefined;
  readonly isHole: boolean;
  readonly mayEdit: boolean;
}) {
  const { t } = useTranslation('valueLists');
  if (mayEdit) {
    return (
      <>
        <TargetInput entry={entry} isHole={isHole} />
        {inherited !== undefined && (
          <Text size="xs" className="muted">
            {t('inherited', { target: inherited })}
          </Text>
        )}
      </>
    );
  }
  if (entry.targetValue !== '') return entry.targetValue;
  return <span className="muted">{inherited ?? (isHole ? t('hole') : '–')}</span>;
}

/** Numbers by size, the rest by name. */
function inOrder(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a.localeCompare(b);
  return y - x;
} // prettier-ignore
