/** Mappings that people made, in the file of a running hub: written, and made again from it after they were deleted. */
import { expect } from '@jest/globals';
import type { FileWorld } from './alerts-in-file.js';
import { mappingApi, type UserErrors } from './mapping-api.js';

export async function ownMappingsInTheFile({ hub, stage, exported, send }: FileWorld): Promise<void> {
  const key = 'order-for-wholesale';
  const api = mappingApi(hub);
  const say = async (name: string, input: object): Promise<void> =>
    expect((await api.mutate<UserErrors>(name, '__typename', input)).userErrors).toEqual([]);
  const first = await exported();
  const [system] = await stage.ask<{ id: string }>(`select id from system where key = 'softmaat'`);
  await say('mappingDuplicate', { id: 'softmaat-order-out', key, name: 'Wholesale' });
  await say('mappingChoose', { id: key, systemId: system!.id });
  const chosen = await exported();
  expect(chosen).toMatch(/\n {2}softmaat:\n(?: {4}.*\n)*? {4}mappings: \[ ?order-for-wholesale ?\]/);
  expect(chosen).toMatch(/\n {2}order-for-wholesale:\n {4}name: Wholesale\n {4}connector: softmaat\n/);

  // A file that does not name it ends the choice, and leaves the mapping.
  const none = 'koppel: 1\nsystems: { softmaat: { mappings: [] } }\n';
  const { plan } = await send({ document: none });
  expect(plan.changes).toMatchObject([{ subjectType: 'System', changes: [{ kind: 'REMOVED', path: 'mappings' }] }]);
  expect((await send({ document: none, isDryRun: false, planHash: plan.planHash })).userErrors).toEqual([]);
  await say('mappingDelete', { id: key, confirmation: key });
  expect(await exported()).toBe(first);

  const back = await send({ document: chosen });
  expect(back.plan.errors).toEqual([]);
  expect(back.plan.changes.map(({ kind, subjectType, key: of }) => `${kind} ${subjectType} ${of}`)).toEqual([
    'CHANGED System softmaat',
    `ADDED Mapping ${key}`,
  ]);
  const done = await send({ document: chosen, isDryRun: false, planHash: back.plan.planHash, then: 'BACKFILL_CHANGED' }); // prettier-ignore
  expect(done.userErrors).toEqual([]);
  expect(await exported()).toBe(chosen);
  const used = await stage.ask(`select m.key, m.own_version as version from mapping_choice c join mapping m on m.key = c.mapping`); // prettier-ignore
  expect(used).toEqual([{ key, version: 2 }]);

  // What it was made of goes on without it.
  await say('mappingChoose', { id: 'softmaat-order-out', systemId: system!.id });
  await say('mappingDelete', { id: key, confirmation: key });
  expect(await exported()).toBe(first);
}
