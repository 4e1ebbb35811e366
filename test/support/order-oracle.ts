/**
 * Says on its own, without any code of the hub, whether orders and customers are in both systems once and say the same there.
 * In: what both systems hold, and which records the hub says it has linked. Out: sentences; none = the systems agree.
 * The hub's links are believed only as far as the records bear them out: whatever is linked must also be equal.
 */
import { customerDifferences, orderDifferences } from './order-differences.js';
import { excuses } from './order-refusals.js';
import { words, type Created, type SeenCustomer, type SeenOrder, type Side, type SideName } from './order-sides.js';

/** The hub's own list of who is who. */
export interface Link {
  readonly entity: 'order' | 'customer';
  readonly system: SideName;
  readonly externalId: string;
  readonly canonicalId: string;
}

/** A problem as the hub shows it, or has shown it. */
export interface ShownProblem {
  readonly isOpen: boolean;
  readonly code: string;
  readonly system: SideName;
  readonly entity: string;
  readonly canonicalId: string | null;
  readonly externalId: string | null;
  readonly message: string;
  /** What the system itself said, which people read beside it: of several refusals the message names one. */
  readonly ownWords?: string | null;
}

export interface OrderWorld {
  readonly till: Side;
  readonly shop: Side;
  readonly links: readonly Link[];
  /** Customers for which a record that is linked to another customer stands in. */
  readonly aliases: readonly Link[];
  readonly problems: readonly ShownProblem[];
  /** Records that stand for nobody in particular. */
  readonly defaultCustomers: Readonly<Record<SideName, string>>;
}

export interface Verdict {
  /** In one system, but not, or not as it should be, in the other. */
  readonly lost: string[];
  /** More than once in a system, or there without a reason. */
  readonly doubled: string[];
  /** Customers that a system made twice of one request, and the hub has told of: the boundary G4b. */
  readonly reported: string[];
  /** Differences that a system refuses to take, and the hub has told of. */
  readonly refused: string[];
  /** Orders that were compared. */
  compared: number;
}

export interface JudgeOptions {
  /** Orders that are to be in the other system; all of them when nothing is said. */
  readonly expected?: (order: SeenOrder) => boolean;
}

/** How many orders have differences that a system refuses. */
export const ordersRefused = ({ refused }: Pick<Verdict, 'refused'>): number =>
  new Set(refused.map((line) => line.split(/[:(]/, 1)[0])).size;

/** How many may have them that people on both sides have edited at random: 3 of 100 in ways that exclude each other, and what chance adds. */
export const mostRefused = (compared: number): number => compared * 0.03 + 4 * Math.sqrt(compared * 0.03);

const other = { mpluskassa: 'softmaat', softmaat: 'mpluskassa' } as const;
const sideNames: readonly SideName[] = ['mpluskassa', 'softmaat'];

export function judgeOrders(world: OrderWorld, { expected = () => true }: JudgeOptions = {}): Verdict {
  const verdict: Verdict = { lost: [], doubled: [], reported: [], refused: [], compared: 0 };
  const knowledge = know(world);
  for (const side of sideNames) {
    const { orders, created } = knowledge.sides[side];
    judgeMarks(side, orders, knowledge, verdict);
    judgeCreates(side, created, world.problems, verdict);
    judgeCustomers(side, knowledge, verdict);
    for (const order of orders) {
      if (order.mark === null && expected(order)) judgeOrder(order, knowledge, verdict);
    }
  }
  return verdict;
}

interface Knowledge extends OrderWorld {
  readonly sides: Readonly<Record<SideName, Side>>;
  readonly byMark: Readonly<Record<SideName, ReadonlyMap<string, readonly SeenOrder[]>>>;
  readonly customers: Readonly<Record<SideName, ReadonlyMap<string, SeenCustomer>>>;
  /** Canonical id by `entity system externalId`, external id by `entity system canonicalId`; aliases in the second only. */
  readonly canonicalOf: ReadonlyMap<string, string>;
  readonly externalOf: ReadonlyMap<string, string>;
  readonly aliased: ReadonlySet<string>;
}

function know(world: OrderWorld): Knowledge {
  const sides = { mpluskassa: world.till, softmaat: world.shop };
  const byMark = (side: Side): Map<string, SeenOrder[]> => {
    const map = new Map<string, SeenOrder[]>();
    for (const order of side.orders)
      if (order.mark !== null) map.set(order.mark, [...(map.get(order.mark) ?? []), order]);
    return map;
  };
  const customers = (side: Side): Map<string, SeenCustomer> => new Map(side.customers.map((each) => [each.id, each]));
  const canonicalOf = new Map(
    world.links.map((each) => [`${each.entity} ${each.system} ${each.externalId}`, each.canonicalId]),
  );
  const externalOf = new Map(
    [...world.aliases, ...world.links].map((each) => [
      `${each.entity} ${each.system} ${each.canonicalId}`,
      each.externalId,
    ]),
  );
  return {
    ...world,
    sides,
    byMark: { mpluskassa: byMark(world.till), softmaat: byMark(world.shop) },
    customers: { mpluskassa: customers(world.till), softmaat: customers(world.shop) },
    canonicalOf,
    externalOf,
    aliased: new Set(world.aliases.map((each) => `${each.system} ${each.canonicalId}`)),
  };
}

/** One order per mark, and none whose original is not in the other system. */
function judgeMarks(
  side: SideName,
  orders: readonly SeenOrder[],
  { byMark, externalOf, sides }: Knowledge,
  verdict: Verdict,
): void {
  const origins = new Set(sides[other[side]].orders.filter(({ mark }) => mark === null).map(({ id }) => id));
  for (const [mark, copies] of byMark[side]) {
    if (copies.length > 1)
      verdict.doubled.push(
        `order ${mark} is ${copies.length} times in ${side}: ${copies.map(({ id }) => id).join(', ')}`,
      );
    const origin = externalOf.get(`order ${other[side]} ${mark}`);
    if (origin === undefined || !origins.has(origin))
      verdict.doubled.push(`order ${mark} is in ${side} without an original in ${other[side]}`);
  }
  if (new Set(orders.map(({ id }) => id)).size !== orders.length) verdict.doubled.push(`${side} lists an order twice`);
}

/** One create per record. What a system made twice of one request is told apart when the hub has told of it. */
function judgeCreates(
  side: SideName,
  created: readonly Created[],
  problems: readonly ShownProblem[],
  verdict: Verdict,
): void {
  const byMark = new Map<string, string[]>();
  for (const { entity, mark, id } of created) {
    if (mark === null) continue;
    const key = `${entity} ${mark}`;
    byMark.set(key, [...(byMark.get(key) ?? []), id]);
  }
  for (const [key, ids] of byMark) {
    if (ids.length === 1) continue;
    const [entity, mark] = key.split(' ') as [Created['entity'], string];
    const told = problems.some(
      ({ code, system, canonicalId, externalId }) =>
        code === 'DUPLICATE_IN_SYSTEM' && system === side && (canonicalId === mark || ids.includes(externalId ?? '')),
    );
    const line = `${key} was made ${ids.length} times in ${side}: ${ids.join(', ')}`;
    if (entity === 'customer' && told) verdict.reported.push(line);
    else verdict.doubled.push(line);
  }
}

/** The hub makes no second record for a person that it has made one for: the same address and name. */
function judgeCustomers(side: SideName, { sides }: Knowledge, verdict: Verdict): void {
  const marks = new Map<string, Set<string>>();
  for (const { email, mark, name, company } of sides[side].customers) {
    const person = `${email} (${words(name, company)})`.toLowerCase();
    if (email !== '' && mark !== null) marks.set(person, (marks.get(person) ?? new Set()).add(mark));
  }
  for (const [person, found] of marks) {
    if (found.size > 1)
      verdict.doubled.push(`customers ${[...found].join(', ')} were all made in ${side} for ${person}`);
  }
}

function judgeOrder(order: SeenOrder, knowledge: Knowledge, verdict: Verdict): void {
  verdict.compared++;
  const target = other[order.side];
  const what = `order ${order.id} of ${order.side}`;
  const canonicalId = knowledge.canonicalOf.get(`order ${order.side} ${order.id}`);
  if (canonicalId === undefined) return void verdict.lost.push(`${what} is unknown to the hub`);
  const copy = knowledge.byMark[target].get(canonicalId)?.[0];
  if (copy === undefined) {
    const refusal = refusalOf(order, canonicalId, knowledge);
    const line = `${what} (${canonicalId}) is missing in ${target}`;
    const toldOnly = knowledge.problems.filter((problem) => problem.isOpen && problem.canonicalId === canonicalId);
    return void (refusal === undefined
      ? verdict.lost.push(`${line}${toldOnly.map(({ message }) => `; told only: ${message}`).join('')}`)
      : verdict.refused.push(`${line}; told: ${refusal.message}`));
  }
  const told = knowledge.problems
    .filter((problem) => problem.isOpen && problem.entity === 'order' && problem.canonicalId === canonicalId)
    .flatMap(({ system, message, ownWords }) => {
      const refusing = [order, copy].find(({ side }) => side === system);
      if (refusing === undefined) return [];
      const excused = new Set([message, ownWords ?? ''].flatMap((words) => [...excuses(system, words, refusing)]));
      return [{ message: ownWords == null ? message : `${message} (${ownWords})`, excused }];
    });
  for (const { axis, text } of orderDifferences(order, copy)) {
    const line = `${what} (${canonicalId}): ${text}`;
    const excuse = told.find(({ excused }) => excused.has(axis));
    if (excuse === undefined)
      verdict.lost.push(`${line}${told.map(({ message }) => `; told only: ${message}`).join('')}`);
    else verdict.refused.push(`${line}; told: ${excuse.message}`);
  }
  judgePairing(what, order, copy, knowledge, verdict);
}

/** A blocked customer gets no orders; that has to be told. */
function refusalOf(order: SeenOrder, canonicalId: string, knowledge: Knowledge): ShownProblem | undefined {
  const { canonicalOf, externalOf, customers, problems } = knowledge;
  const target = other[order.side];
  const customer = canonicalOf.get(`customer ${order.side} ${order.customer}`);
  const paired = externalOf.get(`customer ${target} ${customer}`);
  if (customers[target].get(paired ?? '')?.isBlocked !== true) return undefined;
  return problems.find(
    ({ isOpen, system, canonicalId: id, message }) =>
      isOpen && system === target && id === canonicalId && /\bblocked\b/.test(message),
  );
}

/** The customer of the copy is the one of the original, or the default one when that cannot be had. */
function judgePairing(what: string, order: SeenOrder, copy: SeenOrder, knowledge: Knowledge, verdict: Verdict): void {
  const { canonicalOf, externalOf, defaultCustomers, customers, aliased, problems } = knowledge;
  const canonicalId = canonicalOf.get(`customer ${order.side} ${order.customer}`);
  const paired = externalOf.get(`customer ${copy.side} ${canonicalId}`);
  if (copy.customer === defaultCustomers[copy.side]) {
    const isUnusable = paired === undefined || problems.some((problem) => problem.canonicalId === canonicalId);
    const wasDefault = order.customer === defaultCustomers[order.side] || order.customer === null;
    const blocked = customers[copy.side].get(paired ?? '')?.isBlocked === true;
    if (!isUnusable && !wasDefault && !blocked && paired !== copy.customer) {
      verdict.lost.push(
        `${what} is on the default customer of ${copy.side}, although ${order.customer} is ${paired} there`,
      );
    }
    return;
  }
  if (paired !== copy.customer) {
    return void verdict.lost.push(
      `${what}: the customer in ${copy.side} is ${copy.customer}, should be ${paired} (${order.customer}, ${canonicalId})`,
    );
  }
  const original = customers[order.side].get(order.customer ?? '');
  const counterpart = customers[copy.side].get(copy.customer ?? '');
  if (original === undefined || counterpart === undefined) {
    return void verdict.lost.push(`${what}: the customer ${order.customer} or ${copy.customer} does not exist`);
  }
  const isShared = aliased.has(`${copy.side} ${canonicalId}`) || aliased.has(`${order.side} ${canonicalId}`);
  for (const difference of customerDifferences(original, counterpart, isShared)) {
    verdict.lost.push(`customer ${original.id} of ${order.side} (${canonicalId}): ${difference}`);
  }
}
