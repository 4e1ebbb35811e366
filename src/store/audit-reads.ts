/** Reads of the audit: who did what, newest first; and of the people and keys that did it. */
import DataLoader from 'dataloader';
import type { AuditEntry, AuditFilter } from '../schema/audit.js';
import type { PageArgs } from '../schema/page.js';
import { typeOfPrefix } from '../schema/syncable.js';
import { findKeys, type StoredKey } from './api-keys.js';
import { textConditions, timeConditions } from './conditions.js';
import { listConnection, logCountCap, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import type { List } from './pages.js';
import { anyOf, raw, selected, sql, type Sql } from './sql.js';
import { findUsers, type StoredUser } from './users.js';

/** Ids carry the number of their entry. */
const columns = `'aud_' || a.id as id, a.at, a.actor as "actorId", a.action, a.subject as "subjectId", a.detail,
  a.request_id as "requestId", a.address as "ipAddress", a.user_agent as "userAgent"`;

type AuditRow = Omit<AuditEntry, 'subjectType' | 'reason'>;

/** An entry as the graph shows it. */
const shownEntry = (row: AuditRow): AuditEntry => {
  const { reason } = row.detail;
  const prefix = /^([a-z]{3})_/.exec(row.subjectId)?.[1] ?? '';
  return { ...row, subjectType: typeOfPrefix[prefix] ?? null, reason: typeof reason === 'string' ? reason : null };
};

function subjectTypes(types: readonly string[]): Sql {
  const prefixes = Object.entries(typeOfPrefix).filter(([, type]) => types.includes(type));
  return anyOf(prefixes.map(([prefix]) => sql`starts_with(a.subject, ${`${prefix}_`})`));
}

function auditList(filter: AuditFilter | null | undefined): List {
  const { actorId, action, subjectType, subjectId, at } = filter ?? {};
  return {
    select: raw(columns),
    from: raw('audit a'),
    where: [
      ...(actorId == null ? [] : [sql`a.actor = ${actorId}`]),
      ...textConditions('a.action', action),
      ...(subjectType == null ? [] : [subjectTypes(subjectType)]),
      ...(subjectId == null ? [] : [sql`a.subject = ${subjectId}`]),
      ...timeConditions('a.at', at),
    ],
    order: { name: 'id', keys: [{ expression: 'a.id', type: 'bigint' }], descending: true },
  };
}

export function auditReads({ query, cursors }: { readonly query: Query; readonly cursors: CursorCodec }) {
  const keys = new DataLoader<string, StoredKey | null>(async (ids) => {
    const found = await findKeys(query, ids);
    return ids.map((id) => found.find((key) => key.id === id) ?? null);
  });
  const users = new DataLoader<string, StoredUser | null>(async (ids) => {
    const found = await findUsers(query, ids);
    return ids.map((id) => found.find((user) => user.id === id) ?? null);
  });
  return {
    auditEntries: (filter: AuditFilter | null | undefined, page: PageArgs) =>
      listConnection<AuditRow, AuditEntry>(query, cursors, auditList(filter), page, {
        name: 'auditEntries',
        shown: shownEntry,
        cap: logCountCap,
      }),
    auditEntry: (id: string) => findAuditEntry(query, id),
    apiKey: (id: string) => keys.load(id),
    user: (id: string) => users.load(id),
  };
}

async function findAuditEntry(query: Query, id: string): Promise<AuditEntry | null> {
  const number = /^aud_(\d{1,18})$/.exec(id)?.[1];
  if (number === undefined) return null;
  const [row] = await selected<AuditRow>(query, `select ${columns} from audit a where a.id = $1::bigint`, [number]);
  return row === undefined ? null : shownEntry(row);
}
