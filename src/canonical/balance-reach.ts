/**
 * Finds prices and discounts with which a target adds up to a given total: lines (or, where the target rounds per VAT rate,
 * rates) are moved by whole cents, those first that rounding took most from. With prices excl. VAT a cent more may count
 * two, so some totals need one line up and another down, and some cannot be reached.
 */
import { apportion } from './allocation.js';
import { moveLine, type SentLine, type Target } from './balance-lines.js';
import { hundred, magnitude, one, round, withTax } from './money.js';
import { exactNet, lineAmounts } from './order-totals.js';

/** What is rounded as one: a line, or all lines of a rate. `own` in cents, in the basis of the prices. */
interface Unit {
  readonly lines: readonly SentLine[];
  readonly rate: bigint;
  readonly rank: bigint;
  /** How much is in it: decides how a larger difference is spread. */
  readonly size: bigint;
  readonly wanted: bigint;
  own: bigint;
}

/** What the lines of a rate should come to with VAT, and how far from it they may be for that to be a matter of rounding. */
export interface RateGoal {
  readonly incl: bigint;
  readonly bound: bigint;
}

/**
 * Changes the lines so that they come to `incl`, rate by rate where `perRate` says what each should come to with VAT.
 * False when that cannot be; the lines are then somewhere on the way.
 */
export function reach(
  lines: readonly SentLine[],
  incl: bigint,
  perRate: ReadonlyMap<bigint, RateGoal> | null,
  target: Target,
): boolean {
  const units = unitsOf(lines, target);
  const totalOf = (some: readonly Unit[]): bigint => some.reduce((sum, unit) => sum + inclOf(unit, target), 0n);
  for (const [rate, goal] of perRate ?? []) {
    const some = units.filter((unit) => unit.rate === rate);
    const gap = goal.incl - totalOf(some);
    if (magnitude(gap) <= goal.bound) closeGap(some, gap, target, false);
  }
  return closeGap(units, incl - totalOf(units), target, true) === 0n;
}

function unitsOf(lines: readonly SentLine[], target: Target): Unit[] {
  const groups = new Map<bigint, SentLine[]>();
  if (target.rule.level === 'rate') {
    for (const line of lines) groups.set(line.rate, [...(groups.get(line.rate) ?? []), line]);
  } else for (const [index, line] of lines.entries()) groups.set(BigInt(index), [line]);
  return [...groups.values()].map((members) => {
    const unit: Unit = {
      lines: [...members].sort(byRank),
      rate: members[0]?.rate ?? 0n,
      rank: members.reduce((least, { rank }) => (rank < least ? rank : least), 9n),
      size: members.reduce((sum, { quantity }) => sum + magnitude(quantity), 0n),
      wanted: members.reduce((sum, { wanted }) => sum + wanted, 0n),
      own: 0n,
    };
    unit.own = ownOf(unit, target);
    return unit;
  });
}

function ownOf({ lines }: Unit, { rule, basis, cent }: Target): bigint {
  if (rule.level === 'rate') {
    return round(
      lines.reduce((sum, line) => sum + exactNet(line), 0n),
      cent * one,
      rule.mode,
    );
  }
  return lines.reduce((sum, line) => sum + lineAmounts(line, basis, rule).own, 0n);
}

const inclFrom = (own: bigint, rate: bigint, { basis, rule }: Target): bigint =>
  basis.isGross ? own : withTax(own, rate, rule.mode);
const inclOf = (unit: Unit, target: Target): bigint => inclFrom(unit.own, unit.rate, target);
const effectOf = (unit: Unit, cents: bigint, target: Target): bigint =>
  inclFrom(unit.own + cents, unit.rate, target) - inclOf(unit, target);

/** Moves units until the gap is closed; says what is left of it. */
function closeGap(all: readonly Unit[], gap: bigint, target: Target, mayPair: boolean): bigint {
  if (gap === 0n) return 0n;
  const units = all.filter(({ size }) => size !== 0n);
  let left = gap;
  if (magnitude(left) > BigInt(units.length) * 2n) left -= spreadOver(units, left, target);
  const direction = left < 0n ? -1n : 1n;
  const order = [...units].sort(byRounding(direction, target));
  for (let isMoving = true; left !== 0n && isMoving;) {
    isMoving = false;
    for (const unit of order) {
      const effect = effectOf(unit, direction, target);
      if (effect === 0n || magnitude(effect) > magnitude(left) || !moveUnit(unit, direction, target)) continue;
      left -= effect;
      isMoving = true;
      if (left === 0n) break;
    }
  }
  return left !== 0n && mayPair ? left - movePair(order, left, direction, target) : left;
}

/** The bulk of a large difference, by what is in each unit; says how much of it. */
function spreadOver(units: readonly Unit[], gap: bigint, target: Target): bigint {
  let done = 0n;
  const shares = apportion(
    gap,
    units.map(({ size }) => size),
  );
  for (const [index, unit] of units.entries()) {
    const share = shares[index] ?? 0n;
    const cents = target.basis.isGross ? share : round(share * hundred, hundred + unit.rate, 'down');
    const before = inclOf(unit, target);
    if (cents !== 0n && moveUnit(unit, cents, target)) done += inclOf(unit, target) - before;
  }
  return done;
}

/** One unit further, another one back, where only both together make the difference; says how much they did. */
function movePair(units: readonly Unit[], gap: bigint, direction: bigint, target: Target): bigint {
  const back = new Map<bigint, Unit[]>();
  for (const unit of units) {
    const effect = effectOf(unit, -direction, target);
    const found = back.get(effect) ?? [];
    if (found.length < 2) back.set(effect, [...found, unit]);
  }
  for (const unit of units) {
    const effect = effectOf(unit, direction, target);
    const other = back.get(gap - effect)?.find((candidate) => candidate !== unit);
    if (other === undefined) continue;
    if (moveUnit(unit, direction, target) && moveUnit(other, -direction, target)) return gap;
  }
  return 0n;
}

/** Moves what a unit comes to by whole cents, spread over its lines. */
function moveUnit(unit: Unit, cents: bigint, target: Target): boolean {
  const goal = unit.own + cents;
  const lines = unit.lines.filter(({ quantity }) => quantity !== 0n);
  const shares = sharesOf(cents, lines);
  for (const [index, line] of lines.entries()) {
    const share = shares[index] ?? 0n;
    if (share !== 0n && !moveLine(line, share, target)) return false;
  }
  // Weighed goods leave fractions of a cent; where they tip the sum over, a discount takes the cent back.
  const moved = lines.find((_, index) => shares[index] !== 0n);
  while (moved !== undefined && ownOf(unit, target) > goal) moved.discount += target.cent;
  unit.own = ownOf(unit, target);
  return unit.own === goal;
}

/** A cent for each of the first lines, or by quantity when there are more cents than lines. */
function sharesOf(cents: bigint, lines: readonly SentLine[]): readonly bigint[] {
  if (magnitude(cents) > BigInt(lines.length)) {
    return apportion(
      cents,
      lines.map(({ quantity }) => magnitude(quantity)),
    );
  }
  const each = cents < 0n ? -1n : 1n;
  return lines.map((_, index) => (BigInt(index) < magnitude(cents) ? each : 0n));
}

/** Goods first, and of those the ones of which one piece is sold: their price can change by exactly a cent. */
function byRank(a: SentLine, b: SentLine): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return compare(magnitude(magnitude(a.quantity) - one), magnitude(magnitude(b.quantity) - one));
}

/** Goods first, then what rounding took most from (or gave most to, on the way down). */
const byRounding =
  (direction: bigint, { cent }: Target) =>
  (a: Unit, b: Unit): number => {
    if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
    const error = (unit: Unit): bigint => (unit.own * cent * one - unit.wanted) * direction;
    return compare(error(a), error(b)) || compare(a.size, b.size);
  };

const compare = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? -1 : 1);
