import { expect, it } from '@jest/globals';
import type { Document } from '../../base/document.js';
import type { Api } from './api.js';
import { makeRelationsAt } from './relation-emails.js';

const { signal } = new AbortController();

/** A till's list of relations, lowest markers first; `onCall` happens before each answer. */
function makeTill(relations: Map<number, Document>, onCall: (call: number) => void) {
  let calls = 0;
  const api = {
    read: async (_: string, { request }: { request: { syncMarker: string; syncMarkerLimit: number } }) => {
      onCall(++calls);
      const from = Number(request.syncMarker);
      const above = [...relations].filter(([marker]) => marker >= from).sort(([a], [b]) => a - b);
      const relationList = above
        .slice(0, request.syncMarkerLimit)
        .map(([marker, relation]) => ({ ...relation, syncMarker: String(marker) }));
      return { body: { relationList }, problems: [] };
    },
  } as unknown as Api;
  return { relationsAt: makeRelationsAt(api), calls: () => calls };
}

const relation = (number: number, email: string): Document => ({
  relationNumber: String(number),
  name: `R${number}`,
  email,
});

it('finds a relation whose marker shows late, also while pages are read', async () => {
  const relations = new Map(Array.from({ length: 520 }, (_, i) => [i + 1, relation(i + 1, `r${i + 1}@example.com`)]));
  const late = relations.get(480)!;
  relations.delete(480);
  const till = makeTill(relations, (call) => {
    if (call === 2) relations.set(480, late);
    if (call === 2) for (let i = 521; i < 600; i++) relations.set(i, relation(i, `r${i}@example.com`));
  });
  expect(await till.relationsAt('R480@example.com', signal)).toEqual([{ relationNumber: '480', name: 'R480' }]);
  expect(await till.relationsAt('r599@example.com', signal)).toHaveLength(1);
  expect(till.calls()).toBeLessThan(6);
});

it('tells of each relation by the address that it has now', async () => {
  const relations = new Map([[1, relation(7, 'old@example.com')]]);
  const till = makeTill(relations, () => undefined);
  expect(await till.relationsAt('old@example.com', signal)).toHaveLength(1);
  relations.set(2, relation(8, 'old@example.com'));
  expect(await till.relationsAt('old@example.com', signal)).toHaveLength(2);
  relations.delete(1);
  relations.set(3, relation(7, 'new@example.com'));
  expect(await till.relationsAt('old@example.com', signal)).toEqual([{ relationNumber: '8', name: 'R8' }]);
});

it('tells that a relation with the address cannot be read, and lets those with other addresses be', async () => {
  const relations = new Map<number, Document>([
    [1, { name: 'R1', email: 'a@example.com' }],
    [2, relation(8, 'b@example.com')],
  ]);
  const till = makeTill(relations, () => undefined);
  await expect(till.relationsAt('a@example.com', signal)).rejects.toMatchObject({ code: 'RECORD_UNREADABLE' });
  expect(await till.relationsAt('b@example.com', signal)).toHaveLength(1);
});
