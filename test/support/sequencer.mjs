/**
 * Which test file runs when. Jest knows how long each took only where it has run before; in a fresh clone the largest files would come first, and
 * the longest tests are in small ones. Here the long ones begin, those that mostly wait beside those that keep both cores busy, and
 * the others follow by their size.
 */
import { createRequire } from 'node:module';
import { relative } from 'node:path';
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Files that take half a minute or more, in the order in which they begin; a wrong place costs time and nothing else. */
export const first = [
  'test/flow/roles-kafka', 'test/flow/alerts', 'test/flow/orders', 'test/flow/kill-points', 'test/flow/products-reverse',
  'test/browser/every-page', 'test/browser/unplugged', 'test/flow/orders-chaos', 'test/browser/alerts', 'test/flow/restore', 'test/browser/activity',
  'test/flow/roles', 'test/conformance/softmaat', 'test/browser/first-run', 'test/conformance/mpluskassa', 'test/flow/start',
  'test/integration/event-feed', 'test/flow/products', 'test/flow/deployment', 'test/browser/first-load', 'test/browser/conflicts',
  'test/integration/kafka-faults', 'test/browser/flows', 'test/flow/orders-customers', 'test/flow/field-owners',
].map((name) => `${name}.test.ts`); // prettier-ignore

export default class extends Sequencer {
  /** Those that failed the last time come first, as Jest itself has it; else what has no place here keeps the order that Jest gives it. */
  sort(tests) {
    const place = (test) => {
      if (this.hasFailed(test)) return -1;
      const at = first.indexOf(relative(test.context.config.rootDir, test.path));
      return at < 0 ? first.length : at;
    };
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}
