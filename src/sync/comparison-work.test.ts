/** A comparison that cannot read both systems proves nothing. */
import { expect, it } from '@jest/globals';
import type { Job } from '../store/jobs.js';
import { comparisonWork, type ComparisonWorkDeps } from './comparison-work.js';

it.each(['till', 'shop'])('fails when %s is not connected, before anything is read or stored', async (missing) => {
  const flow = { key: 'f', entity: 'product', source: 'till', target: 'shop', isInUse: true };
  const systems = new Map(['till', 'shop'].filter((key) => key !== missing).map((key) => [key, { key }]));
  // Whatever else it would use is not there.
  const deps = { configuration: { current: () => ({ flows: [flow], systems }) } } as unknown as ComparisonWorkDeps;
  const job = { input: { comparison: 'cmp_1', flow: 'f' } } as unknown as Job;
  const work = comparisonWork(deps)(job, () => Promise.resolve());
  await expect(work).rejects.toMatchObject({ code: 'SYSTEM_STATE', message: expect.stringContaining(missing) });
});
