/**
 * Makes a parsed tree mean what the documentation says where the engine means something else: number literals with a point are
 * exact decimals, not binary floats, and places in texts count characters. In: the tree, not yet checked; it is changed. Out:
 * a literal that is no decimal of a sensible size.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Decimal } from './decimal.js';
import { toDecimal } from './decimal.js';
import { ExpressionFailure } from './failure.js';
import { allOf } from './reads.js';

/** Functions that the engine has too, and that count UTF-16 units there. */
const ours: ReadonlySet<string> = new Set(['substring', 'indexOf', 'lastIndexOf']);

/** Under which name the engine knows a function of the language; it lets nobody replace its own. */
export const engineName = (name: string): string => (ours.has(name) ? `_${name}` : name);

/** A sentence of the engine, with the names of the language. */
export const inLanguage = (sentence: string): string => sentence.replace(/\b_(substring|indexOf|lastIndexOf)\b/g, '$1');

type Changeable = { args: unknown } & Pick<ASTNode, 'range'> & { readonly input: string };

export function prepare(root: ASTNode): ASTNode | undefined {
  for (const node of allOf(root)) {
    if (node.op === 'rcall') node.args[0] = engineName(node.args[0]);
    else if (node.op === 'value' && typeof node.args === 'number') {
      const changed = node as unknown as Changeable;
      try {
        changed.args = asWritten(changed);
      } catch (thrown) {
        if (!(thrown instanceof ExpressionFailure)) throw thrown;
        return node;
      }
    }
  }
  return undefined;
}

/** All of its digits, of which a float holds the first ones. */
const asWritten = ({ input, range }: Changeable): Decimal => toDecimal(input.slice(range.start, range.end));
