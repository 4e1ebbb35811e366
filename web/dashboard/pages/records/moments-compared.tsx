/** A record at two moments, field by field: what differs is marked by a sign, a word and a colour. */
import { Checkbox, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { RecordNamesDocument } from '../../graph/graphql.ts';
import { HeldValue, type CalledRecords, type HeldField } from './moment-value.tsx';
import { differs, recordsIn, type State } from './moments.ts';

export interface NamedState {
  readonly name: string;
  readonly state: State;
}

/** As many as the hub names at once. */
const mostNames = 100;

function useNames(states: readonly State[]): CalledRecords {
  const ids = [...new Set(states.flatMap((state) => [...(state?.values() ?? [])].flatMap(recordsIn)))].slice(0, mostNames); // prettier-ignore
  const { data } = useAsk(RecordNamesDocument, { ids }, { isOff: ids.length === 0 });
  return new Map((data?.nodes ?? []).flatMap((node) => (node == null ? [] : [[node.id, node] as const])));
}

export function MomentsCompared({
  fields,
  before,
  after,
}: {
  readonly fields: readonly HeldField[];
  readonly before: NamedState;
  readonly after: NamedState;
}) {
  const { t } = useTranslation('records');
  const [isShort, setShort] = useState(false);
  const records = useNames([before.state, after.state]);
  const isOther = ({ path }: HeldField): boolean => differs(before.state, after.state, path);
  const isHeld = ({ path }: HeldField): boolean =>
    [before, after].some(({ state }) => (state?.get(path) ?? null) !== null);
  const shown = fields.filter((field) => isOther(field) || (!isShort && isHeld(field)));
  return (
    <div>
      <Checkbox
        label={t('onlyDifferent')}
        checked={isShort}
        onChange={(event) => setShort(event.currentTarget.checked)}
        mb="xs"
      />
      {shown.length === 0 ? (
        <Text size="sm">{t('nothingDiffers')}</Text>
      ) : (
        <Table aria-label={t('asItWas')} layout="fixed" verticalSpacing="xs" className="moments">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('field')}</Table.Th>
              <Table.Th scope="col">{before.name}</Table.Th>
              <Table.Th scope="col">{after.name}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((field) => (
              <Table.Tr key={field.path} data-differs={isOther(field) || undefined}>
                <Table.Th scope="row">
                  {field.label}
                  {isOther(field) && (
                    <span className="moment-mark">
                      {' '}
                      <span aria-hidden="true">≠</span> {t('differs')}
                    </span>
                  )}
                </Table.Th>
                {[before, after].map(({ state }, i) => (
                  <Table.Td key={i}>
                    {state === null ? (
                      <span className="muted">{t('notKnownYet')}</span>
                    ) : (
                      <HeldValue field={field} value={state.get(field.path)} records={records} />
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}
