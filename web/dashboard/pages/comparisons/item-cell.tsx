/** One record of a comparison: what it is and how it stands; beside it what both sides hold, field by field, or why it is not the same. */
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ComparisonItemFragment } from '../../graph/graphql.ts';
import { useMay } from '../../app/session.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { recordPath } from '../../parts/record-paths.ts';
import { Shape } from '../../parts/status.tsx';
import { HeldValue } from '../records/moment-value.tsx';
import { useCalled } from '../records/use-called.ts';
import { useStateName, type Sides } from './balance.tsx';
import { looks } from './verdict.ts';

type Item = ComparisonItemFragment;

/** "variant 1001 T-shirt M"; what has no name is called by its kind. */
export function useItemName(): (item: Item | undefined) => string {
  const { t: kinds } = useTranslation('kinds');
  return (item) => {
    if (item === undefined) return '';
    const kind = kinds(`entity.${item.entityType}`);
    return item.label === kind ? kind : `${kind} ${item.label}`;
  };
}

/** What is held of them is shown only to those who may see names and addresses. */
const personal: readonly string[] = ['CUSTOMER', 'CONTACT', 'ORDER'];

export function ItemCell({ item, sides }: { readonly item: Item; readonly sides: Sides }) {
  const nameOf = useItemName();
  const stateName = useStateName(sides);
  const { t } = useTranslation('comparisons');
  const { t: common } = useTranslation();
  const { colon } = useFormats();
  const isHidden = !useMay('READ_CUSTOMERS') && personal.includes(item.entityType) && item.changes.length === 0;
  const { entity, entityType, state, system, externalId, repairAskedAt } = item;
  return (
    <div className="difference">
      <div>
        {entity == null ? (
          <Text size="sm" fw={600} className="difference-value">
            {nameOf(item)}
          </Text>
        ) : (
          <Anchor
            component={Link}
            to={recordPath(entityType, entity.id)}
            size="sm"
            fw={600}
            className="difference-value"
          >
            {nameOf(item)}
          </Anchor>
        )}
        <Text size="sm" component="div">
          <span className="status balance-words">
            <Shape tone={looks[state].tone} />
            <span>{stateName(state, 1)}</span>
          </span>
        </Text>
        {system != null && externalId != null && (
          <Text size="xs" className="muted difference-value">
            {system.name}
            {colon}
            {externalId}
          </Text>
        )}
        {repairAskedAt != null && (
          <Text size="xs" className="muted">
            {t('repairAsked')} <Moment at={repairAskedAt} />
          </Text>
        )}
      </div>
      <div>
        {item.changes.length > 0 && <Fields item={item} name={nameOf(item)} />}
        {isHidden && (
          <Text size="sm" className="muted">
            {common('masked')}
          </Text>
        )}
        <Why item={item} />
      </div>
    </div>
  );
}

/** The reason that the hub knows, and the problem that is behind it. Of a wait only the record's own standing says what for. */
function Why({ item: { reason, state, system, entity } }: { readonly item: Item }) {
  const { t } = useTranslation();
  const standing = state === 'KNOWN' ? entity?.syncStatuses.find((each) => each.system?.id === system?.id) : undefined;
  const said = reason ?? standing?.reason.message;
  const problem = standing?.deadLetter;
  if (said == null && problem == null) return null;
  return (
    <Text size="sm">
      {said}{' '}
      {problem != null && (
        <Anchor component={Link} to={`/problems/${problem.id}`} size="sm">
          {t('toProblem')}
        </Anchor>
      )}
    </Text>
  );
}

/** Both values of each field side by side. */
function Fields({
  item: { changes, state, system },
  name,
}: {
  readonly item: Item;
  /** Of the record. */
  readonly name: string;
}) {
  const { t } = useTranslation('comparisons');
  const { t: common } = useTranslation();
  const records = useCalled(
    changes.flatMap(({ before: one, after: other, codes }) => [one, other, ...codes.map(({ recordId }) => recordId)]),
  );
  const its = t('has', { system: system?.name ?? common('unknown') });
  // Of what was not taken in the hub still has the older value; else the target has what the hub would write otherwise.
  const [before, after] =
    state === 'MISSED' ? [t('hubHas'), its] : [its, t(state === 'ONLY_IN_TARGET' ? 'hubHas' : 'hubWouldWrite')];
  return (
    <Table layout="fixed" verticalSpacing={2} withRowBorders={false} aria-label={t('differencesOf', { name })}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('field')}</Table.Th>
          <Table.Th scope="col" className="difference-value">
            {before}
          </Table.Th>
          <Table.Th scope="col" className="difference-value">
            {after}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.path}>
            <Table.Th scope="row" fw={500} className="difference-value">
              {change.label ?? change.path}
            </Table.Th>
            <Table.Td className="difference-value">
              <HeldValue field={change} value={change.before} records={records} codes={change.codes} />
            </Table.Td>
            <Table.Td className="difference-value">
              <b>
                <HeldValue field={change} value={change.after} records={records} codes={change.codes} />
              </b>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
