/** Step 4: what goes where. Makes the flows, not enabled; those that are not wanted any more are deleted as long as they were never enabled. */
import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError } from '../../api/hooks.ts';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { alongside, choose, choiceAtFirst, entities, type Choice, type Direction, type Entity } from './flow-choice.ts';
import { FlowMap } from './flow-map.tsx';
import { OrderSettingsForm, orderSettingsOf, type OrderSettings } from './order-settings.tsx';
import type { StepProps } from './steps.ts';
import { useMakeFlows } from './make-flows.ts';

export function FlowsStep({ data, state, onDone }: StepProps) {
  const { first, second } = state;
  if (first?.system == null || second?.system == null) return null;
  return <FlowsForm data={data} state={state} onDone={onDone} first={first.system} second={second.system} />;
}

type System = NonNullable<NonNullable<StepProps['state']['first']>['system']>;

function FlowsForm({
  data,
  state,
  onDone,
  first,
  second,
}: StepProps & { readonly first: System; readonly second: System }) {
  const { t } = useTranslation('setup');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const { flows } = state;
  const [choice, setChoice] = useState(() => choiceAtFirst(flows, { first, second }, data.demo));
  const [along, setAlong] = useState<readonly Entity[]>([]);
  const settingsFor = (target: System): OrderSettings =>
    orderSettingsOf(
      flows.find((flow) => flow.entityType === 'ORDER' && flow.target.id === target.id)?.settings.order ??
        data.demo?.flows.find((flow) => flow.entityType === 'ORDER' && flow.targetKey === target.key)?.settings.order,
    );
  const [orders, setOrders] = useState({ there: settingsFor(second), back: settingsFor(first) });
  const { make, isRunning, error } = useMakeFlows({ first, second, flows });
  const change = (entity: Entity, direction: Direction): void => {
    const next = choose(choice, entity, direction);
    setAlong(alongside(choice, next, entity));
    setChoice(next);
  };
  const isLocked = flows.some((flow) => flow.state !== 'DRAFT');
  const isNothing = entities.every((entity) => choice[entity] === 'off');
  return (
    <Stack gap="md">
      <Text size="sm">{t('flowsText')}</Text>
      <FlowMap choice={choice} first={first.name} second={second.name} />
      <Stack gap="sm" maw={520}>
        {entities.map((entity) => (
          <DirectionSelect
            key={entity}
            label={kinds(`entities.${entity}`)}
            value={choice[entity]}
            isDisabled={isLocked}
            // Each of two systems would take the other one's figure for a count of its own.
            hasBoth={entity !== 'STOCK_LEVEL'}
            first={first.name}
            second={second.name}
            onChange={(direction) => change(entity, direction)}
          />
        ))}
      </Stack>
      {along.length > 0 && (
        <Text size="sm" role="status">
          {t('along', { what: formats.list(along.map((entity) => kinds(`entities.${entity}`))) })}
        </Text>
      )}
      {isLocked && <Alert color="blue">{t('flowsLocked')}</Alert>}
      {!isLocked && <Orders {...{ choice, orders, first, second, error }} onChange={setOrders} />}
      {error !== null && <Failure error={error} />}
      <Group>
        {isLocked ? (
          <Button onClick={onDone}>{t('next')}</Button>
        ) : (
          <Button
            loading={isRunning}
            disabled={isNothing}
            onClick={() => void make(choice, orders).then(onDone, () => undefined)}
          >
            {t('makeFlows')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function DirectionSelect({
  label,
  value,
  isDisabled,
  hasBoth,
  first,
  second,
  onChange,
}: {
  readonly label: string;
  readonly value: Direction;
  readonly isDisabled: boolean;
  readonly hasBoth: boolean;
  readonly first: string;
  readonly second: string;
  onChange(direction: Direction): void;
}) {
  const { t } = useTranslation('setup');
  return (
    <NativeSelect
      label={label.charAt(0).toUpperCase() + label.slice(1)}
      value={value}
      disabled={isDisabled}
      data={[
        { value: 'off', label: t('off') },
        { value: 'there', label: t('fromTo', { source: first, target: second }) },
        { value: 'back', label: t('fromTo', { source: second, target: first }) },
        ...(hasBoth ? [{ value: 'both', label: t('both') }] : []),
      ]}
      onChange={(event) => onChange(event.currentTarget.value as Direction)}
    />
  );
}

interface OrdersChosen {
  readonly there: OrderSettings;
  readonly back: OrderSettings;
}

function Orders({
  choice: { ORDER: direction },
  orders,
  first,
  second,
  error,
  onChange,
}: {
  readonly choice: Choice;
  readonly orders: OrdersChosen;
  readonly first: System;
  readonly second: System;
  readonly error: Error | null;
  onChange(orders: OrdersChosen): void;
}) {
  // The first connector is the one of the till.
  const errors =
    error instanceof RefusedError
      ? Object.fromEntries(error.refusals.map(({ field, message }) => [field?.at(-1) ?? '', message]))
      : {};
  return (
    <>
      {(direction === 'back' || direction === 'both') && (
        <OrderSettingsForm
          target={first.name}
          isTill
          settings={orders.back}
          errors={errors}
          onChange={(back) => onChange({ ...orders, back })}
        />
      )}
      {(direction === 'there' || direction === 'both') && (
        <OrderSettingsForm
          target={second.name}
          isTill={false}
          settings={orders.there}
          errors={errors}
          onChange={(there) => onChange({ ...orders, there })}
        />
      )}
    </>
  );
}
