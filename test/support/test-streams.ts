/** What is read for flows in tests without connectors: two streams of the source, of which the first is the flow's own, and one of the target. */
import type { StreamsOf } from '../../src/store/flow-progress.js';

export const testStreams: StreamsOf = ({ source, target }) => ({
  stream: 'products',
  changeDetection: 'SYNC_MARKER',
  read: [
    { system: source, stream: 'products', records: ['product'] },
    { system: source, stream: 'invoices', records: ['invoice'] },
    { system: target, stream: 'products', records: ['product'] },
  ],
});
