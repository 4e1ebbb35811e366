/**
 * A list of records as a table: real rows and headings, `j`/`k` move, Enter opens, `x` selects, `Shift+x` up to here. In: rows and columns.
 * The first column holds the link of the row. Narrow screens leave out columns that say so (`from`), and scroll sideways only inside the table.
 */
import { Checkbox, Table } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isLetterKey } from '../app/shortcuts.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly show: (row: Row) => ReactNode;
  /** Figures stand right. */
  readonly isFigure?: boolean;
  /** Shown from this width of the window on. */
  readonly from?: 'xs' | 'sm' | 'md' | 'lg';
  readonly sort?: 'ascending' | 'descending' | 'none';
  onSort?(): void;
}

export interface Selection {
  readonly chosen: ReadonlySet<string>;
  onChange(chosen: ReadonlySet<string>): void;
  /** What a row is called, for the name of its box. */
  nameOf(id: string): string;
  /** Rows that cannot be chosen have no box. */
  isChoosable?(id: string): boolean;
}

/** Of what is chosen, the rows that are shown: nothing is done to those that news, another filter or another page took out of sight. */
export const meantOf = (rows: readonly { readonly id: string }[], chosen: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(rows.map(({ id }) => id).filter((id) => chosen.has(id)));

const figure = { ta: 'right', 'data-figure': true } as const;

export function RecordTable<Row extends { readonly id: string }>({
  label,
  rows,
  columns,
  pathOf,
  selection,
}: {
  /** What the table lists, for those who cannot see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** Where a row opens; null when it does not. */
  readonly pathOf?: (row: Row) => string | null;
  readonly selection?: Selection;
}) {
  const { t } = useTranslation();
  const { body, at } = useRowKeys(rows, pathOf, selection);
  const all = choosable(rows, selection);
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table highlightOnHover verticalSpacing="xs" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {selection !== undefined && (
              <Table.Th w={32}>
                <Checkbox
                  aria-label={t('all')}
                  checked={all.length > 0 && all.every((id) => selection.chosen.has(id))}
                  indeterminate={selection.chosen.size > 0 && all.some((id) => !selection.chosen.has(id))}
                  onChange={(event) => selection.onChange(new Set(event.currentTarget.checked ? all : []))}
                />
              </Table.Th>
            )}
            {columns.map(({ key, title, isFigure, from, sort, onSort }) => (
              <Table.Th key={key} visibleFrom={from} {...(isFigure && figure)} aria-sort={sort} scope="col">
                {onSort === undefined ? (
                  title
                ) : (
                  <button type="button" className="sort-button" onClick={onSort}>
                    {title}{' '}
                    <span aria-hidden="true">{sort === 'ascending' ? '↑' : sort === 'descending' ? '↓' : ''}</span>
                  </button>
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body}>
          {rows.map((row, i) => (
            <Table.Tr key={row.id} data-row={row.id} data-at={i === at || undefined} tabIndex={-1}>
              {selection !== undefined && (
                <Table.Td>
                  {all.includes(row.id) && (
                    <Checkbox
                      aria-label={selection.nameOf(row.id)}
                      checked={selection.chosen.has(row.id)}
                      onChange={() => selection.onChange(toggled(selection.chosen, [row.id]))}
                    />
                  )}
                </Table.Td>
              )}
              {columns.map(({ key, show, isFigure, from }) => (
                <Table.Td key={key} visibleFrom={from} {...(isFigure && figure)}>
                  {show(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const choosable = (rows: readonly { readonly id: string }[], selection: Selection | undefined): readonly string[] =>
  rows.map(({ id }) => id).filter((id) => selection?.isChoosable?.(id) ?? true);

function toggled(chosen: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const id of ids) if (!next.delete(id)) next.add(id);
  return next;
}

interface Mark {
  readonly id: string;
  /** Where its row stood. */
  readonly at: number;
}

/** Keys that move along the rows. The mark stays at its record when the rows are sorted anew; when the record has gone, at what took its place. */
function useRowKeys<Row extends { readonly id: string }>(
  rows: readonly Row[],
  pathOf: ((row: Row) => string | null) | undefined,
  selection: Selection | undefined,
) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [mark, setMark] = useState<Mark | null>(null);
  const rangeFrom = useRef<string | null>(null);
  const navigate = useNavigate();
  const at = mark === null ? -1 : rows.findIndex(({ id }) => id === mark.id);
  const isGone = mark !== null && at < 0;
  useEffect(() => {
    if (mark !== null && at >= 0 && at !== mark.at) setMark({ id: mark.id, at });
  }, [mark, at]);
  function move(step: 1 | -1): void {
    const wanted = isGone ? mark.at + (step === 1 ? 0 : -1) : at + step;
    const next = Math.min(Math.max(wanted, 0), rows.length - 1);
    const row = rows[next];
    if (row === undefined) return;
    setMark({ id: row.id, at: next });
    body.current?.querySelectorAll<HTMLElement>('[data-row]')[next]?.focus();
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isLetterKey(event)) return;
    const row = rows[at];
    if (event.key === 'j' || event.key === 'k') move(event.key === 'j' ? 1 : -1);
    else if (event.key === 'Enter' && row !== undefined && event.target === body.current?.querySelector('[data-at]')) {
      const path = pathOf?.(row) ?? null;
      if (path !== null) void navigate({ to: path });
    } else if (event.key === 'x' && row !== undefined && selection !== undefined) {
      selection?.onChange(toggled(selection.chosen, [row.id]));
      rangeFrom.current = row.id;
    } else if (event.key === 'X' && selection !== undefined && at >= 0) {
      const from = rows.findIndex(({ id }) => id === rangeFrom.current);
      const range = choosable(rows.slice(Math.max(Math.min(from, at), 0), Math.max(from, at) + 1), selection);
      selection.onChange(new Set([...selection.chosen, ...range]));
    }
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return { body, at };
}
