/** A record at two moments, field by field: what differs is marked by a sign, a word and a colour. */
import { Checkbox, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HeldValue, type HeldField } from './moment-value.tsx';
import { differs, type State } from './moments.ts';
import { useCalled } from './use-called.ts';

export interface NamedState {
  readonly name: string;
  readonly state: State;
}

/** In which a record has its amounts. */
function currencyIn(state: NonNullable<State>): string | undefined {
  const value = state.get('currency') ?? state.get('priceCurrency');
  return typeof value === 'string' ? value : undefined;
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
  const records = useCalled([before, after].flatMap(({ state }) => [...(state?.values() ?? [])]));
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
                      <HeldValue
                        field={field}
                        value={state.get(field.path)}
                        records={records}
                        currency={currencyIn(state)}
                      />
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
