/** What a stage holds of orders and customers, read for the oracle: both systems by themselves, and what the hub says of them. */
import {
  judgeOrders,
  type JudgeOptions,
  type Link,
  type ShownProblem,
  type OrderWorld,
  type Verdict,
} from './order-oracle.js';
import { patient } from './patience.js';
import { readShop } from './shop-side.js';
import type { Stage } from './stage.js';
import { readTill } from './till-side.js';

/** The records that the sandboxes have for sales to nobody in particular. */
export const defaultCustomers = {
  mpluskassa: '900000',
  softmaat: 'd0000000-0000-5000-8000-000000000001',
} as const;

const columns = 'entity, system, external_id as "externalId", canonical_id as "canonicalId"';

export async function orderWorld(stage: Stage): Promise<OrderWorld> {
  const isSale = "entity in ('order', 'customer')";
  return {
    links: await stage.ask<Link>(`select ${columns} from external_reference where ${isSale} and origin <> 'MENTIONED'`),
    aliases: await stage.ask<Link>(`select ${columns} from reference_alias where ${isSale}`),
    problems: await problems(stage),
    till: await readTill(stage.till),
    shop: await readShop(stage.shop),
    defaultCustomers,
  };
}

const problems = (stage: Stage): Promise<ShownProblem[]> =>
  stage.ask<ShownProblem>(
    `select code, system, entity, canonical_id as "canonicalId", external_id as "externalId", message,
       original as "ownWords", status in ('OPEN', 'REPLAYING') as "isOpen"
     from parked order by first_failed_at`,
  );

export const openProblems = async (stage: Stage): Promise<ShownProblem[]> =>
  (await problems(stage)).filter(({ isOpen }) => isOpen);

export const judgeStage = async (stage: Stage, options?: JudgeOptions): Promise<Verdict> =>
  judgeOrders(await orderWorld(stage), options);

/** Orders of which something was sent that is in none of their lines any more: the known limit told under *Afterwards* in docs/orders.md. */
export async function sentOfLinesThatAreGone(stage: Stage): Promise<readonly string[]> {
  const orders = await stage.ask<{ id: string }>(
    `select o.id from sales_order o where exists (
       select from jsonb_array_elements(o.deliveries) d
       where not exists (select from jsonb_array_elements(o.lines) l where l ->> 'key' = d ->> 'key'))`,
  );
  return orders.map(({ id }) => id);
}

async function judgeButForThese(stage: Stage, options?: JudgeOptions): Promise<Verdict> {
  const verdict = await judgeStage(stage, options);
  if (verdict.lost.length === 0) return verdict;
  const known = await sentOfLinesThatAreGone(stage);
  const isKnown = (line: string): boolean => known.some((id) => line.includes(`(${id}): delivered is some in`));
  return { ...verdict, lost: verdict.lost.filter((line) => !isKnown(line)) };
}

/** Waits until orders and customers agree, but for that limit; returns the last verdict, which says what does not when the time is over. */
export async function orderAgreement(stage: Stage, withinMs: number, options?: JudgeOptions): Promise<Verdict> {
  const deadline = performance.now() + patient(withinMs);
  for (;;) {
    const verdict = await judgeButForThese(stage, options);
    if (verdict.lost.length + verdict.doubled.length === 0 || performance.now() > deadline) return verdict;
    await new Promise((next) => setTimeout(next, 300));
  }
}
