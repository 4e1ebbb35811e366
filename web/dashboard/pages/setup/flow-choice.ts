/** What is to be synchronised, as a choice for each kind of record; what needs what; and how that becomes flows. Pure. */
import type { SetupFlowFragment, SetupQuery } from '../../graph/graphql.ts';

export const entities = ['CATEGORY', 'PRODUCT', 'STOCK_LEVEL', 'CUSTOMER', 'ORDER'] as const;
export type Entity = (typeof entities)[number];
/** `there`: from the first system to the second; `back`: the other way. */
export type Direction = 'off' | 'there' | 'back' | 'both';
export type Choice = Readonly<Record<Entity, Direction>>;

interface Way {
  readonly entityType: string;
  readonly isThere: boolean;
}

/** What a shop usually wants: the till knows products and stock, the web shop customers and orders. */
const usual: Choice = { CATEGORY: 'there', PRODUCT: 'there', STOCK_LEVEL: 'there', CUSTOMER: 'back', ORDER: 'back' };

function ofWays(ways: readonly Way[]): Choice {
  const of = (entity: Entity): Direction => {
    const its = ways.filter(({ entityType }) => entityType === entity);
    const isThere = its.some((way) => way.isThere);
    const isBack = its.some((way) => !way.isThere);
    return isThere && isBack ? 'both' : isThere ? 'there' : isBack ? 'back' : 'off';
  };
  return Object.fromEntries(entities.map((entity) => [entity, of(entity)])) as unknown as Choice;
}

/** What there is; before that what the sample has, when both systems are its sandboxes; else the usual. */
export function choiceAtFirst(
  flows: readonly SetupFlowFragment[],
  {
    first,
    second,
  }: { readonly first: { readonly id: string; readonly key: string }; readonly second: { readonly key: string } },
  demo: SetupQuery['demo'],
): Choice {
  if (flows.length > 0)
    return ofWays(flows.map(({ entityType, source }) => ({ entityType, isThere: source.id === first.id })));
  const isSample = [first, second].every(({ key }) => demo?.systems.some((each) => each.key === key));
  if (demo == null || !isSample) return usual;
  return ofWays(demo.flows.map(({ entityType, sourceKey }) => ({ entityType, isThere: sourceKey === first.key })));
}

const needs: Readonly<Partial<Record<Entity, Entity>>> = {
  PRODUCT: 'CATEGORY',
  STOCK_LEVEL: 'PRODUCT',
  ORDER: 'PRODUCT',
};

/** With what the changed kind needs switched on, and what needs it switched off. */
export function choose(choice: Choice, entity: Entity, direction: Direction): Choice {
  const next: Record<Entity, Direction> = { ...choice, [entity]: direction };
  const needed = needs[entity];
  if (direction !== 'off' && needed !== undefined && next[needed] === 'off') {
    return choose(next, needed, needed === 'CATEGORY' ? direction : 'there');
  }
  if (direction === 'off') {
    for (const other of entities) {
      if (needs[other] === entity && next[other] !== 'off') Object.assign(next, choose(next, other, 'off'));
    }
  }
  return next;
}

/** The kinds that went on or off with the one that was chosen. */
export const alongside = (before: Choice, now: Choice, chosen: Entity): readonly Entity[] =>
  entities.filter((entity) => entity !== chosen && before[entity] !== now[entity]);

export const waysOf = (choice: Choice): readonly { readonly entity: Entity; readonly isThere: boolean }[] =>
  entities.flatMap((entity) => {
    const direction = choice[entity];
    return [
      ...(direction === 'there' || direction === 'both' ? [{ entity, isThere: true }] : []),
      ...(direction === 'back' || direction === 'both' ? [{ entity, isThere: false }] : []),
    ];
  });

/** Key of a new flow, as in the sample. */
const plurals: Readonly<Record<Entity, string>> = {
  CATEGORY: 'categories',
  PRODUCT: 'products',
  STOCK_LEVEL: 'stock',
  CUSTOMER: 'customers',
  ORDER: 'orders',
};
export const keyOfFlow = (entity: Entity, target: string): string => `${plurals[entity]}-to-${target}`;
