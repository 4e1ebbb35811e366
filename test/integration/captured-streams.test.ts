/** Which streams are read for which flows. */
import { describe, expect, it } from '@jest/globals';
import { capturedStreams } from '../../src/cdc/sources.js';
import { testConfiguration, testFlow } from './ingest-system.js';

const configuration = testConfiguration();

describe('the streams that are read', () => {
  it('are those of the source and, so that echoes are seen, those of the target', () => {
    configuration.flows = (['product', 'category', 'stock'] as const).map((entity) => testFlow('till', 'shop', entity));
    const names = capturedStreams(configuration.current()).map(({ system, stream }) => `${system} ${stream.name}`);
    expect(names.sort()).toEqual([
      'shop categories',
      'shop products',
      'till categories',
      'till levels',
      'till locations',
      'till products',
    ]);
  });

  it('are none of a flow that is not at work', () => {
    configuration.flows = [{ ...testFlow('till', 'shop', 'product'), isRead: false }];
    expect(capturedStreams(configuration.current())).toEqual([]);
  });
});
