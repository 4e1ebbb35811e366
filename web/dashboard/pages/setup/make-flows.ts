/** Makes flows what was chosen: makes those that are missing, changes the settings of those of orders, deletes drafts that are not wanted any more. */
import { useState } from 'react';
import { useCommand } from '../../api/hooks.ts';
import {
  SetupFlowCreateDocument,
  SetupFlowDeleteDocument,
  SetupFlowUpdateDocument,
  type SetupFlowFragment,
} from '../../graph/graphql.ts';
import { keyOfFlow, waysOf, type Choice } from './flow-choice.ts';
import { useFlowName } from './flow-name.ts';
import { orderInput, type OrderSettings } from './order-settings.tsx';

interface Named {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export function useMakeFlows({
  first,
  second,
  flows,
}: {
  readonly first: Named;
  readonly second: Named;
  readonly flows: readonly SetupFlowFragment[];
}) {
  const flowName = useFlowName();
  const create = useCommand(SetupFlowCreateDocument);
  const update = useCommand(SetupFlowUpdateDocument);
  const remove = useCommand(SetupFlowDeleteDocument);
  const [isRunning, setRunning] = useState(false);

  async function make(
    choice: Choice,
    orders: { readonly there: OrderSettings; readonly back: OrderSettings },
  ): Promise<void> {
    for (const each of [create, update, remove]) each.forget();
    const ways = waysOf(choice).map(({ entity, isThere }) => {
      const [source, target] = isThere ? [first, second] : [second, first];
      const found = flows.find(
        (flow) => flow.entityType === entity && flow.source.id === source.id && flow.target.id === target.id,
      );
      return { entity, source, target, found, order: isThere ? orders.there : orders.back };
    });
    for (const flow of flows) {
      if (flow.state === 'DRAFT' && !ways.some(({ found }) => found?.id === flow.id))
        await remove.run({ input: { id: flow.id, confirmation: flow.key } });
    }
    for (const { entity, source, target, found, order } of ways) {
      const settings = entity === 'ORDER' ? { order: orderInput(order) } : {};
      if (found === undefined) {
        const name = flowName(entity, source, target);
        const between = { sourceSystemId: source.id, targetSystemId: target.id };
        await create.run({
          input: { key: keyOfFlow(entity, target.key), name, entityType: entity, ...between, settings },
        });
      } else if (entity === 'ORDER' && found.state === 'DRAFT') {
        await update.run({ input: { id: found.id, expectedVersion: found.version, settings } });
      }
    }
  }
  return {
    make: async (...chosen: Parameters<typeof make>): Promise<void> => {
      setRunning(true);
      try {
        await make(...chosen);
      } finally {
        setRunning(false);
      }
    },
    isRunning,
    error: create.error ?? update.error ?? remove.error,
  };
}
