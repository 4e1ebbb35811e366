/** A list of records: the table with its pages, why it is empty, and what can be done with the rows that were chosen. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { RecordResyncDocument, type RecordPlaceFragment } from '../../graph/graphql.ts';
import { Answer, Lines, type Asked } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { Pager } from '../../parts/pager.tsx';
import { meantOf, RecordTable, type Column } from '../../parts/record-table.tsx';
import { told, toldFailure } from '../../parts/told.ts';
import type { Address, ListKey } from './address.ts';

export interface ConnectionOf<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: RecordPlaceFragment;
  readonly totalCount: { readonly value: number; readonly precision: string };
}

export function RecordList<Data, Row extends { readonly id: string }>({
  asked,
  listOf,
  label,
  columns,
  pathOf,
  nameOf,
  address,
  emptyWords,
}: {
  readonly asked: Asked<Data>;
  readonly listOf: (data: Data) => ConnectionOf<Row>;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly pathOf: (row: Row) => string;
  readonly nameOf: (row: Row) => string;
  readonly address: Address<ListKey>;
  /** What is said when there is none at all. */
  readonly emptyWords: string;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayResync = useMay('REPLAY');
  return (
    <Answer of={asked} skeleton={<Lines count={12} height={24} />}>
      {(data) => {
        const { nodes, pageInfo, totalCount } = listOf(data);
        if (nodes.length === 0) return <Empty address={address} emptyWords={emptyWords} />;
        const meant = meantOf(nodes, chosen);
        const names = new Map(nodes.map((row) => [row.id, nameOf(row)]));
        return (
          <>
            {meant.size > 0 && <Chosen chosen={meant} onDone={() => setChosen(new Set())} />}
            <RecordTable
              label={label}
              rows={nodes}
              columns={columns}
              pathOf={pathOf}
              {...(mayResync
                ? { selection: { chosen: meant, onChange: setChosen, nameOf: (id: string) => names.get(id) ?? id } }
                : {})}
            />
            <Pager
              info={pageInfo}
              count={totalCount}
              onMove={(place) => address.change({ after: undefined, before: undefined, ...place })}
            />
          </>
        );
      }}
    </Answer>
  );
}

function Empty({ address, emptyWords }: { readonly address: Address<ListKey>; readonly emptyWords: string }) {
  const { t } = useTranslation();
  const filters = Object.keys(address.texts).filter((key) => key !== 'sort' && key !== 'direction');
  if (filters.length === 0) {
    return (
      <Nothing kind="yet" title={t('nothingYet')}>
        <Text size="sm">{emptyWords}</Text>
      </Nothing>
    );
  }
  const cleared = Object.fromEntries(filters.map((key) => [key, undefined]));
  return (
    <Nothing kind="matches" title={t('nothingMatches')}>
      <Button variant="default" size="xs" onClick={() => address.change(cleared)}>
        {t('clearFilters')}
      </Button>
    </Nothing>
  );
}

/** What the rows that were chosen can be told. */
function Chosen({ chosen, onDone }: { readonly chosen: ReadonlySet<string>; onDone(): void }) {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const resync = useCommand(RecordResyncDocument, []);
  async function start(): Promise<void> {
    try {
      await resync.run({ input: { entityIds: [...chosen] } });
      told(t('resyncStarted'));
      onDone();
    } catch (thrown) {
      toldFailure(thrown as Error);
    }
  }
  return (
    <Group gap="xs">
      <Text size="sm">{t('chosen', { count: chosen.size, number: formats.number(chosen.size) })}</Text>
      <Button size="xs" loading={resync.isRunning} onClick={() => void start()}>
        {t('resync')}
      </Button>
    </Group>
  );
}
