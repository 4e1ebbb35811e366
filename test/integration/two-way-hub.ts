/** A till and a shop that are source and target of each other, and what the projector tells of its writes to the shop. */
import type { Document } from '../../src/base/document.js';
import { makeShownBy } from '../../src/cdc/shown.js';
import { findReferences } from '../../src/store/references.js';
import * as shownStatements from '../../src/store/shown-statements.js';
import { makeStoreShown } from '../../src/sync/acknowledge-shown.js';
import { testFlow } from './ingest-system.js';
import { openHub, type Hub } from './ingest-world.js';

export interface TwoWayHub extends Hub {
  /** The oldest row of a table. */
  one(table: string): Promise<Record<string, unknown>>;
  count(table: string): Promise<number>;
  /** A write of ours to the shop is sent. */
  send(entity: string, id: unknown): Promise<void>;
  /** Its outcome is known: the shop answered with the document. */
  acknowledge(
    entity: 'customer' | 'contact' | 'order' | 'category',
    id: unknown,
    externalId: string,
    document: Document,
    written?: Written,
  ): Promise<void>;
}

interface Written {
  readonly changed: readonly string[] | null;
  readonly before: Document | null;
  readonly sent?: Document;
  readonly version?: bigint;
}

export const order = (more: Document = {}): Document => ({
  placedAt: '2026-03-01T10:00:00Z',
  currency: 'EUR',
  lines: [{ key: '1', quantity: '1', unitPrice: '10', variant: 'v1' }],
  ...more,
});

export async function openTwoWayHub(): Promise<TwoWayHub> {
  const hub = await openHub();
  for (const entity of ['customer', 'order', 'category'] as const) {
    hub.configuration.flows = hub.configuration.flows.filter((flow) => flow.entity !== entity);
    hub.configuration.flows.push(testFlow('till', 'shop', entity), testFlow('shop', 'till', entity));
  }
  const storeShown = makeStoreShown(makeShownBy(hub.configuration), { ...shownStatements, findReferences });
  return {
    ...hub,
    async one(table) {
      return (await hub.database.query(`select * from ${table} order by created_at limit 1`))[0] ?? {};
    },
    async count(table) {
      return Number((await hub.database.query<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);
    },
    async send(entity, id) {
      await hub.database.query(
        `insert into projection (target, entity, canonical_id, flow, state) values ('shop', $1, $2, 'f', 'writing')
         on conflict (target, entity, canonical_id) do update set state = 'writing'`,
        [entity, id],
      );
    },
    async acknowledge(entity, id, externalId, document, written = { changed: null, before: null }) {
      await hub.database.tx(async (tx) => {
        await tx.query(
          `insert into external_reference (system, entity, external_id, canonical_id, origin)
           values ('shop', $1, $2, $3, 'CREATED') on conflict do nothing`,
          [entity, externalId, id],
        );
        await tx.query(
          `update external_reference set written_version = $3 where system = 'shop' and entity = $1 and external_id = $2`,
          [entity, externalId, written.version ?? null],
        );
        await tx.query(`update projection set state = 'in_sync' where entity = $1 and canonical_id = $2`, [entity, id]);
        await storeShown(tx, 'shop', [
          { entity, record: entity, externalId, document, sent: document, version: null, ...written },
        ]);
      });
    },
  };
}

export const ann: Document = { fullName: 'Ann Smit', email: 'ann@example.com', phone: '1' };

/** Ann came from the till and was made in the shop, where she is `s1`. Returns her id in the hub. */
export async function annInBoth(hub: TwoWayHub): Promise<string> {
  await hub.take('customers', [{ id: 't1', document: ann }]);
  const id = String((await hub.one('customer'))['id']);
  await hub.send('customer', id);
  await hub.acknowledge('customer', id, 's1', ann);
  return id;
}
