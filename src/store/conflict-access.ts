/** What the graph asks about conflicts, for one request. Those of customers are for callers who may see customers. */
import type { FieldConflict } from '../schema/field-owner.js';
import type { IdFilter } from '../schema/filters.js';
import type { PageArgs } from '../schema/page.js';
import { listConnection, logCountCap, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import {
  conflictList,
  findConflict,
  toConflict,
  type FieldConflictRow,
  type StoredConflict,
} from './field-conflicts.js';
import { entityTypes } from '../schema/entity-words.js';
import { entitiesOf } from './sync-reads.js';

interface ConflictReadDeps {
  readonly query: Query;
  readonly cursors: CursorCodec;
  readonly seesPersonalData: boolean;
}

interface AskedConflicts {
  readonly entityType?: string | null;
  readonly isOpen?: boolean | null;
  readonly entityId?: IdFilter | null;
  /** Of a field. */
  readonly path?: string | null;
}

export function conflictReads({ query, cursors, seesPersonalData }: ConflictReadDeps) {
  const isSeen = (entity: string): boolean => seesPersonalData || entity !== 'customer';
  return {
    fieldConflicts({ entityType, isOpen, entityId, path }: AskedConflicts, page: PageArgs) {
      const wanted = entityType == null ? Object.keys(entityTypes) : entitiesOf([entityType]);
      const list = conflictList({
        ...{ entities: wanted.filter(isSeen), isOpen: isOpen ?? null },
        ...{ entityId: entityId ?? null, field: path ?? null },
      });
      return listConnection<StoredConflict, FieldConflict>(query, cursors, list, page, {
        name: 'fieldConflicts',
        shown: (row) => shownConflict(toConflict(row)),
        cap: logCountCap,
      });
    },
    async fieldConflict(id: string): Promise<FieldConflict | null> {
      const row = await findConflict(query, id);
      return row === undefined || !isSeen(row.entity) ? null : shownConflict(row);
    },
  };
}

function shownConflict(row: FieldConflictRow): FieldConflict {
  const { id, entity, canonicalId, field, base, claims, detectedAt, resolvedAt, resolvedBy, resolution, value } = row;
  return {
    id,
    entityType: entityTypes[entity]!,
    path: field,
    base: base ?? null,
    hasAgreed: base !== undefined,
    values: Object.entries(claims).map(([systemKey, { value, at }]) => ({
      systemKey,
      value,
      changedAt: at === null ? null : new Date(at),
    })),
    detectedAt,
    resolvedAt,
    resolvedById: resolvedBy,
    resolution,
    value: value ?? null,
    canonicalId,
  };
}
