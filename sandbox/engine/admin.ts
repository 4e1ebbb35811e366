/**
 * The routes under `/__sandbox`, for tests and demonstrations only; no real system has them. They are never subject to
 * faults. In: an admin request. Out: counts, hashes, records, the ledger, edits as a person would make them.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/base/content-hash.js';
import type { Json } from '../../src/base/document.js';
import type { Faults } from './faults.js';
import {
  SandboxUsageError,
  type AdminType,
  type MutateOrder,
  type SandboxRequest,
  type SandboxResponse,
  type SandboxSystem,
} from './sandbox-system.js';

export const adminPrefix = '/__sandbox';

export interface AdminDeps {
  readonly system: SandboxSystem;
  readonly faults: Faults;
  /** Requests that a fault delays or applies late. */
  pending(): number;
  /** Requests so far, without those to these routes. */
  requests(): number;
  dropPending(): void;
}

type Body = Readonly<Record<string, unknown>>;

export function makeAdmin(deps: AdminDeps): (request: SandboxRequest) => SandboxResponse {
  const { system, faults } = deps;
  const hashOf = makeHashes(system);

  const clearFaults = (): void => {
    faults.clear();
    system.clearSwitches?.();
  };

  const routes: Readonly<Record<string, (request: SandboxRequest) => SandboxResponse>> = {
    'GET /state': () =>
      json({
        counts: byType(system, (type) => countOf(system, type)),
        hash: byType(system, hashOf),
        ledgerSeq: system.store.ledger.lastSeq,
        ...system.store.settings,
      }),
    'GET /records': (request) =>
      jsonLines(shown(system, typeNamed(system, request.query.get('type'))).map(([, record]) => record)),
    'GET /ledger': (request) => jsonLines(system.store.ledger.after(Number(request.query.get('after') ?? 0))),
    'POST /mutate': (request) => mutate(system, parse(request.body)),
    'POST /tamper': (request) => tamper(system, parse(request.body)),
    'GET /faults': () => json({ faults: faults.list(), pending: deps.pending(), requests: deps.requests() }),
    'POST /faults': (request) => {
      const body = parse(request.body);
      const turn = system.switches?.[String(body['fault'])];
      if (turn === undefined) return json(faults.add(body));
      system.store.transaction(() => turn(body));
      return json({ fault: body['fault'] });
    },
    'DELETE /faults': () => {
      system.store.transaction(clearFaults);
      return json({});
    },
    'POST /reset': (request) => {
      const body = parse(request.body);
      system.store.transaction(clearFaults);
      deps.dropPending();
      const { seed, products } = system.store.settings;
      system.store.reset({ seed: whole(body, 'seed', seed), products: whole(body, 'products', products) });
      return json(system.store.settings);
    },
  };

  return (request) => {
    const line = `${request.method} ${request.path.slice(adminPrefix.length)}`;
    const route = routes[line];
    if (route === undefined) return json({ error: `no such route; there are ${Object.keys(routes).join(', ')}` }, 404);
    try {
      return route(request);
    } catch (error) {
      if (error instanceof SandboxUsageError) return json({ error: error.message }, 400);
      throw error;
    }
  };
}

/** Hash of all records of a type; calculated again only after a change. */
function makeHashes(system: SandboxSystem): (type: AdminType) => string {
  const hashes = new Map<string, { revision: number; hash: string }>();
  return (type) => {
    const table = system.store.table<object>(type.table ?? type.type);
    const known = hashes.get(type.type);
    if (known?.revision === table.revision) return known.hash;
    const hash = createHash('sha256');
    for (const [, record] of shown(system, type)) hash.update(`${canonicalJson(without(record, type.volatile))}\n`);
    const entry = { revision: table.revision, hash: hash.digest('hex') };
    hashes.set(type.type, entry);
    return entry.hash;
  };
}

function mutate(system: SandboxSystem, body: Body): SandboxResponse {
  const kind = String(body['kind'] ?? 'mixed');
  if (!system.mutateKinds.includes(kind)) {
    throw new SandboxUsageError(`kind must be one of ${system.mutateKinds.join(', ')}; got ${JSON.stringify(kind)}`);
  }
  const { edits, of } = body;
  if (edits !== undefined && !(Array.isArray(edits) && edits.every((edit) => typeof edit === 'string')))
    throw new SandboxUsageError('edits must be a list of texts');
  if (of !== undefined && of !== 'own' && of !== 'any') throw new SandboxUsageError('of must be own or any');
  const restricted: Pick<MutateOrder, 'edits' | 'of'> = {
    ...(edits === undefined ? {} : { edits: edits as string[] }),
    ...(of === 'own' || of === 'any' ? { of } : {}),
  };
  const order: MutateOrder = { kind, count: whole(body, 'count', 1), seed: whole(body, 'seed', 1), ...restricted };
  return json(system.store.transaction(() => system.mutate(order)));
}

/**
 * Changes, copies or removes a stored record without anything that tells of a change: as after a restored copy, or an edit in the
 * database of a system. Body: `type`, `key`, and one of `set` (fields), `copyTo` (another key, with `set` upon it) and `remove`.
 */
function tamper(system: SandboxSystem, body: Body): SandboxResponse {
  const type = typeNamed(system, String(body['type']));
  const table = system.store.table<object>(type.table ?? type.type);
  const { key, set, copyTo, remove } = body;
  const record = typeof key === 'string' ? table.get(key) : undefined;
  if (typeof key !== 'string' || record === undefined)
    throw new SandboxUsageError(`there is no ${type.type} ${JSON.stringify(key)}`);
  if (set !== undefined && (typeof set !== 'object' || set === null || Array.isArray(set)))
    throw new SandboxUsageError('set must be an object of fields');
  system.store.transaction(() => {
    if (remove === true) table.remove(key);
    else table.put(typeof copyTo === 'string' ? copyTo : key, { ...record, ...set });
  });
  return json({});
}

function countOf(system: SandboxSystem, type: AdminType): number {
  return type.show === undefined ? system.store.table(type.table ?? type.type).size : shown(system, type).length;
}

/** Records in the order of their keys, as tests see them. */
function shown(system: SandboxSystem, type: AdminType): [string, object][] {
  const rows: [string, object][] = [];
  for (const [key, record] of system.store.table<object>(type.table ?? type.type).entries()) {
    const visible = type.show === undefined ? record : type.show(record, key);
    if (visible !== undefined) rows.push([key, visible]);
  }
  return rows.sort(([a], [b]) => (a < b ? -1 : 1));
}

function typeNamed(system: SandboxSystem, name: string | null): AdminType {
  const type = system.types.find((candidate) => candidate.type === name);
  if (type !== undefined) return type;
  throw new SandboxUsageError(`type must be one of ${system.types.map((known) => known.type).join(', ')}`);
}

function byType<T>(system: SandboxSystem, value: (type: AdminType) => T): Record<string, T> {
  return Object.fromEntries(system.types.map((type) => [type.type, value(type)]));
}

function without(record: object, fields: readonly string[]): Json {
  const copy: Record<string, Json> = { ...(record as Record<string, Json>) };
  for (const field of fields) delete copy[field];
  return copy;
}

function parse(text: string): Body {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  } catch {
    // said below
  }
  throw new SandboxUsageError('the body must be a JSON object');
}

function whole(body: Body, name: string, fallback: number): number {
  const value = body[name] ?? fallback;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new SandboxUsageError(`${name} must be a whole number of 0 or more`);
}

function json(value: unknown, status = 200): SandboxResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value)}\n` };
}

function jsonLines(values: readonly unknown[]): SandboxResponse {
  const parts: Buffer[] = [];
  for (let at = 0; at < values.length; at += 5_000) {
    parts.push(
      Buffer.from(
        values
          .slice(at, at + 5_000)
          .map((value) => `${JSON.stringify(value)}\n`)
          .join(''),
      ),
    );
  }
  return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, body: Buffer.concat(parts) };
}
