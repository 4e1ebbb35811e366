/**
 * What an expression may cost, so that none can hold up or fill the hub: a number of steps per record, and sizes of texts and
 * lists. Charged where values grow or repeat: at each node of an expression with a loop in it, else where texts and lists
 * are put together. In: a checked tree. Out: the same tree, metered.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { ExpressionFailure } from './failure.js';

/** About 10 ms of work. */
export const mostSteps = 100_000;
export const longestText = 100_000;
export const longestList = 5_000;

let left = mostSteps;

/** Starts the account of one evaluation. Evaluations are synchronous, so there is one at a time. */
export function startBudget(): void {
  left = mostSteps;
}

/** Errors are absorbed by `||` and `&&`; a spent budget is not. */
export const isSpent = (): boolean => left < 0;

export function charge(steps: number): void {
  left -= steps;
  if (left < 0) throw new ExpressionFailure(`the expression takes more than ${mostSteps} steps for one record`);
}

/** Counts a value by its size, and refuses one that is too large. */
export function chargeValue(value: unknown): void {
  if (typeof value === 'string') {
    if (value.length > longestText) throw new ExpressionFailure(`a text has more than ${longestText} characters`);
    charge(1 + (value.length >> 8));
  } else if (Array.isArray(value)) {
    if (value.length > longestList) throw new ExpressionFailure(`a list has more than ${longestList} items`);
    charge(1 + value.length);
  } else charge(1);
}

/** What the engine keeps beside a node: how it is evaluated, and the call, loop or binding that stands for a macro. */
interface Macro {
  evaluate(ev: unknown, macro: Macro, ctx: unknown): unknown;
}
interface Inner {
  readonly meta: {
    readonly alternate?: Node;
    readonly macro?: Macro;
    readonly evaluate: (ev: unknown, ast: Node, ctx: unknown) => unknown;
  };
}
type Node = ASTNode & Inner & { evaluate(ev: unknown, ast: Node, ctx: unknown): unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'op' in value && 'checkedType' in value;

/** Every node that is evaluated, those that stand for macros included. */
export function nodesOf(root: ASTNode): readonly Node[] {
  const found = new Set<Node>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    if (!isNode(value)) {
      // The parts of a loop.
      if ('iterable' in value) Object.values(value).forEach(visit);
      return;
    }
    if (found.has(value)) return;
    found.add(value);
    const { alternate, macro } = value.meta;
    if (alternate !== undefined) return visit(alternate);
    if (macro !== undefined) return Object.values(macro).forEach(visit);
    visit(value.args);
  };
  visit(root);
  return [...found];
}

/** Where texts and lists come to be. */
const growing = new Set<string>(['+', 'call', 'rcall']);
/** They hand on what other nodes have made and counted. */
const passing = new Set<string>(['accuPush', 'accuValue', 'accuInc', '?:']);

/** Makes the nodes of a checked tree count what they give. */
export function meter(root: ASTNode): void {
  const nodes = nodesOf(root);
  const hasLoop = nodes.some(({ op, meta }) => (op as string) === 'comprehension' || 'bindCtx' in (meta.macro ?? {}));
  for (const node of nodes) {
    if (node.meta.alternate !== undefined || !(hasLoop || growing.has(node.op))) continue;
    const { macro, evaluate } = node.meta;
    const isPassing = passing.has(node.op);
    node.evaluate = (ev, _, ctx) => {
      const value = macro === undefined ? evaluate(ev, node, ctx) : macro.evaluate(ev, macro, ctx);
      if (isPassing) charge(1);
      else chargeValue(value);
      return value;
    };
  }
}
