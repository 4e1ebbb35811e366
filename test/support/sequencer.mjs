/**
 * Which test file runs when. Jest knows how long each took only where it has run before; in a fresh clone the largest files would come first, and
 * the longest tests are in small ones. Here the long ones begin, and the others follow by their size.
 */
import { createRequire } from 'node:module';
import { relative } from 'node:path';
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/**
 * Files that take a quarter of a minute or more, in the order in which they begin; a wrong place costs time and nothing else. Those
 * that mostly wait come first, beside the end of what else a machine does for a change, then, beside them, what is measured in the
 * browser; later, too, one that mostly waits (for a system that is down, a lease that ends) begins now and then between others.
 */
export const first = [
  'test/flow/roles-kafka', 'test/flow/four-of-each', 'test/flow/paused-processes', 'test/flow/alerts', 'test/flow/products-reverse', 'test/browser/activity', 'test/browser/unplugged',
  'test/browser/mapping-editor', 'test/browser/first-load', 'test/browser/first-run', 'test/browser/every-page', 'test/flow/orders-chaos',
  'test/flow/orders', 'test/flow/start', 'test/flow/deployment', 'test/conformance/softmaat', 'test/conformance/mpluskassa', 'test/flow/products',
  'test/browser/records', 'test/browser/lists-and-links', 'test/flow/kill-points', 'test/flow/field-owners', 'test/browser/conflicts',
  'test/browser/flows', 'test/browser/comparisons', 'test/browser/erasure', 'test/integration/graphql-access', 'test/browser/undo',
  'test/browser/forty-orders', 'test/browser/mapping-versions', 'test/flow/orders-customers', 'test/browser/first-run-keyboard',
  'test/flow/write-guard', 'test/flow/roles', 'test/integration/state-feeds', 'test/flow/products-both-ways', 'test/flow/configuration-file',
  'test/flow/restore', 'test/browser/views', 'test/browser/what-is-typed', 'test/browser/what-is-chosen', 'test/flow/mapping-privacy', 'test/browser/explorer', 'test/browser/alerts', 'test/flow/undo',
  'test/browser/held-run', 'test/integration/kafka-faults', 'test/integration/event-feed', 'test/flow/systems', 'test/integration/sign-in-attempts',
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
