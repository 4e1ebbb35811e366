/**
 * What an expression reads. In: its tree as it was written. Out: each use of a variable that stands for a record, with the names
 * that lead on from it: members, and indexes that are written out (`record["a"]`). What `cel.bind` gives such a path is followed.
 */
import type { ASTNode } from '@marcbachmann/cel-js';

/** A use without names is of the whole record. */
export interface Use {
  readonly variable: string;
  readonly names: readonly string[];
  readonly range: { readonly start: number; readonly end: number };
}

/** What names of the expression itself stand for; undefined: an item of a list, or a value that is made. */
type Bound = ReadonlyMap<string, Pick<Use, 'variable' | 'names'> | undefined>;

/** Loops whose first argument is the name of what they go through. */
const loops: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'optMap', 'optFlatMap']);

/** The uses of the variables, in the order in which they are written. */
export function usesOf(root: ASTNode, variables: ReadonlySet<string>): readonly Use[] {
  const uses: Use[] = [];
  const visit = (value: unknown, bound: Bound): void => {
    if (Array.isArray(value)) return value.forEach((each) => visit(each, bound));
    if (!isNode(value)) return;
    const path = pathOf(value, bound, variables);
    if (path !== undefined) return void uses.push({ ...path, range: value.range });
    const inner = value.op === 'rcall' ? nameOf(value.args) : undefined;
    if (inner === undefined) return visit(value.args, bound);
    const [, receiver, [, ...rest]] = value.args as Call;
    visit(receiver, bound);
    if (!inner.isBinding) return visit(rest, new Map(bound).set(inner.name, undefined));
    const [given, ...then] = rest;
    const known = given && pathOf(given, bound, variables);
    if (known === undefined) visit(given, bound);
    visit(then, new Map(bound).set(inner.name, known));
  };
  visit(root, new Map());
  return uses;
}

/** Every node as it was written. */
export function allOf(root: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      found.push(value);
      visit(value.args);
    }
  };
  visit(root);
  return found;
}

type Call = readonly [name: string, receiver: ASTNode, given: readonly ASTNode[]];

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

/** The name that a loop or a binding gives to what it goes through. */
function nameOf(call: unknown): { readonly name: string; readonly isBinding: boolean } | undefined {
  const [called, receiver, [first, ...rest]] = call as Call;
  const isBinding = called === 'bind' && receiver.op === 'id' && receiver.args === 'cel';
  if (first?.op !== 'id' || rest.length === 0 || !(isBinding || loops.has(called))) return undefined;
  return { name: first.args, isBinding };
}

/** Where a chain of members leads, when it starts at a record; up to what is not written out (`record.lines[0].sku`: lines). */
function pathOf(node: ASTNode, bound: Bound, variables: ReadonlySet<string>): Omit<Use, 'range'> | undefined {
  if (node.op === 'id') {
    if (bound.has(node.args)) return bound.get(node.args);
    return variables.has(node.args) ? { variable: node.args, names: [] } : undefined;
  }
  const member = memberOf(node);
  const of = member && pathOf(member.of, bound, variables);
  return of && { variable: of.variable, names: [...of.names, member.name] };
}

function memberOf({ op, args }: ASTNode): { readonly of: ASTNode; readonly name: string } | undefined {
  if (op === '.' || op === '.?') return { of: args[0], name: args[1] };
  if (op !== '[]' && op !== '[?]') return undefined;
  const [of, index] = args;
  return index.op === 'value' && typeof index.args === 'string' ? { of, name: index.args } : undefined;
}
