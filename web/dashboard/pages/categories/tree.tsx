/**
 * The categories as an ARIA tree grid: one row can be reached by Tab; arrows move, open and close, Home and End go to the ends, Enter opens the
 * page of the category.
 */
import { Anchor, Table, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { SyncCells, Troubles } from '../records/sync-cells.tsx';
import { useBranches, type TreeRow } from './branches.ts';

export function CategoryTree() {
  const { t } = useTranslation('categories');
  const { t: common } = useTranslation();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { roots, rowsOf } = useBranches(open);
  const turn = (id: string, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(id);
    else next.delete(id);
    setOpen(next);
  };
  return (
    <Answer of={roots} skeleton={<Lines count={10} height={24} />}>
      {({ rootCategories }) =>
        rootCategories.length === 0 ? (
          <Nothing kind="yet" title={common('nothingYet')}>
            <Text size="sm">{t('noneYet')}</Text>
          </Nothing>
        ) : (
          <Grid rows={rowsOf(rootCategories)} onTurn={turn} />
        )
      }
    </Answer>
  );
}

type Turn = (id: string, isOpen: boolean) => void;

function Grid({ rows, onTurn }: { readonly rows: readonly TreeRow[]; onTurn: Turn }) {
  const { t } = useTranslation('categories');
  const { t: common } = useTranslation();
  const { t: records } = useTranslation('records');
  const { body, at, mark, onKeyDown } = useTreeKeys(rows, onTurn);
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table role="treegrid" aria-label={common('pageCategories')} className="tree" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr role="row">
            <Table.Th role="columnheader" scope="col">
              {common('name')}
            </Table.Th>
            <Table.Th role="columnheader" scope="col">
              {records('inSystems')}
            </Table.Th>
            <Table.Th role="columnheader" scope="col" ta="right" visibleFrom="xs">
              {t('products')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body} onKeyDown={onKeyDown}>
          {rows.map((row, i) => (
            <Row key={row.category.id} row={row} isAt={i === at} onFocus={() => mark(i)} onTurn={onTurn} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({
  row,
  isAt,
  onFocus,
  onTurn,
}: {
  readonly row: TreeRow;
  readonly isAt: boolean;
  onFocus(): void;
  onTurn: Turn;
}) {
  const formats = useFormats();
  const { category, level, place, siblings, isOpen, hasChildren, isWaiting } = row;
  const { id, syncStatuses, products } = category;
  return (
    <Table.Tr
      role="row"
      data-row={id}
      tabIndex={isAt ? 0 : -1}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={hasChildren ? isOpen : undefined}
      aria-busy={isWaiting || undefined}
      onFocus={onFocus}
    >
      <Table.Td role="gridcell" style={{ paddingLeft: `${(level - 1) * 24 + 4}px` }}>
        <Name row={row} onTurn={onTurn} />
        <Troubles statuses={syncStatuses} />
      </Table.Td>
      <Table.Td role="gridcell">
        <SyncCells statuses={syncStatuses} />
      </Table.Td>
      <Table.Td role="gridcell" ta="right" visibleFrom="xs">
        <Anchor component={Link} to={`/categories/${id}`} size="sm" tabIndex={-1}>
          {formats.number(products.totalCount.value)}
        </Anchor>
      </Table.Td>
    </Table.Tr>
  );
}

/** The name, and what opens and closes the branch. */
function Name({
  row: { category, isOpen, hasChildren, isWaiting, isCut },
  onTurn,
}: {
  readonly row: TreeRow;
  onTurn: Turn;
}) {
  const { t } = useTranslation('categories');
  const { t: common } = useTranslation();
  const { id, name } = category;
  const Twist = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <span className="tree-name">
      {hasChildren ? (
        <button
          type="button"
          tabIndex={-1}
          className="tree-twist"
          aria-label={isOpen ? t('fold', { name }) : t('unfold', { name })}
          onClick={() => onTurn(id, !isOpen)}
        >
          <Twist size={16} aria-hidden="true" />
        </button>
      ) : (
        <span className="tree-twist" />
      )}
      <Anchor component={Link} to={`/categories/${id}`} size="sm">
        {name}
      </Anchor>
      {isWaiting && (
        <Text span size="xs" className="muted">
          {common('loading')}
        </Text>
      )}
      {isCut && (
        <Text span size="xs" className="muted">
          {t('cut')}
        </Text>
      )}
    </span>
  );
}

/** The mark stays at its category when rows come or go above it; when the category has gone, at what took its place. */
function useTreeKeys(rows: readonly TreeRow[], onTurn: Turn) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [marked, setMarked] = useState({ id: '', at: 0 });
  const found = rows.findIndex(({ category }) => category.id === marked.id);
  const at = found < 0 ? Math.min(marked.at, rows.length - 1) : found;
  const mark = (next: number): void => setMarked({ id: rows[next]?.category.id ?? '', at: next });
  const navigate = useNavigate();
  const go = (next: number): void => {
    if (next < 0 || next >= rows.length) return;
    mark(next);
    body.current?.querySelectorAll<HTMLElement>('[data-row]')[next]?.focus();
  };
  function onKeyDown(event: KeyboardEvent): void {
    const row = rows[at];
    // Keys inside a row (its link, its shapes) belong to what has the focus there.
    if (row === undefined || !(event.target as HTMLElement).matches('[data-row]')) return;
    const { id } = row.category;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      Enter: () => void navigate({ to: `/categories/${id}` }),
      ArrowRight: () => (row.hasChildren && !row.isOpen ? onTurn(id, true) : row.isOpen && go(at + 1)),
      ArrowLeft: () =>
        row.isOpen ? onTurn(id, false) : go(rows.findIndex(({ category }) => category.id === row.parent)),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }
  return { body, at, mark, onKeyDown };
}
