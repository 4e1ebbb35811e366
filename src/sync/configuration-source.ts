/**
 * The configuration that services work with: loads what is stored, compiles mappings, connects systems. In: the tables and
 * the connectors. Out: one immutable `Configuration` at a time. A change that cannot be used leaves the one before in force
 * and says why; a system that has not changed keeps its connection.
 */
import { contentHash } from '../base/content-hash.js';
import type { Document } from '../base/document.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import { makeLoop } from '../base/loop.js';
import { isInUse, type ProjectedEntity } from '../canonical/entities.js';
import type { CompileContext, CompileResult } from '../mapping/compile.js';
import { withDiscovered } from '../mapping/discovered.js';
import { listsOf } from '../mapping/mapping-parts.js';
import type { CompiledMapping, MappingDefinition } from '../mapping/mapping.js';
import { countsItself, stockPlacesOf, type StockPlaces } from '../mapping/stock-places.js';
import type { FlowRow, PublishedList, StoredConfiguration, SystemRow } from '../store/configuration.js';
import type { Database } from '../store/database.js';
import type { StoredField } from '../store/discovered-fields.js';
import type { PublishedRow } from '../store/mapping-use.js';
import type { Connector, ConnectorDeps } from '../systems/system.js';
import { compileDefinition, type Catalogues } from './compile-definition.js';
import type { Configuration, ConfigurationSource, ConnectedSystem, Flow, PublishedMapping } from './configuration.js';
import { toFlowSettings } from './flow-settings.js';

export interface ConfigurationDeps extends ConnectorDeps {
  readonly database: Database;
  readonly store: Pick<
    typeof import('../store/configuration.js'),
    'loadConfiguration' | 'configurationChannel' | 'configurationRevision'
  > &
    Pick<typeof import('../store/discovered-fields.js'), 'loadDiscovered'>;
  readonly connectors: readonly Connector[];
  readonly compile: (definition: MappingDefinition, context: CompileContext) => CompileResult;
  /** The secret settings of a system in clear, to be merged with the others. */
  readonly openSecrets: (row: SystemRow) => Document | Promise<Document>;
}

export interface LiveConfiguration extends ConfigurationSource, Service {
  /** Loads what is stored now. Throws CONFIGURATION_INVALID and keeps the present one when it cannot be used. */
  reload(): Promise<void>;
  /** Like `reload`, but logs what cannot be used. */
  refresh(): Promise<void>;
  /** Why the stored configuration is not in force; undefined when it is. */
  problem(): KoppelError | undefined;
}

/** Start it before everything that asks for the configuration. */
export function makeConfiguration(deps: ConfigurationDeps): LiveConfiguration {
  const listeners = new Set<() => void>();
  const connected = new Map<string, { readonly fingerprint: string; readonly system: ConnectedSystem }>();
  let current: Configuration | undefined;
  let problem: KoppelError | undefined;
  let stopListening: (() => Promise<void>) | undefined;
  let loading: Promise<void> = Promise.resolve();

  const load = async (): Promise<void> => {
    const [stored, discovered] = await deps.database.tx(async (tx) => {
      // One after the other: the first of them says how the transaction reads.
      const configuration = await deps.store.loadConfiguration(tx);
      return [configuration, await deps.store.loadDiscovered(tx)] as const;
    });
    try {
      const catalogues = cataloguesOf(stored.systems, discovered, deps.connectors);
      const mappings = compileAll(stored, catalogues, deps);
      const systems = await connectAll(stored, deps, connected);
      current = toConfiguration(stored, catalogues, mappings, systems);
      problem = undefined;
    } catch (thrown) {
      problem = asKoppelError(thrown);
      // What is in force is all that there is for this revision: who compares the two must not wait for another one.
      if (current !== undefined && current.revision !== stored.revision)
        current = { ...current, revision: stored.revision };
      throw problem;
    }
    for (const listener of listeners) listener();
  };
  const reload = (): Promise<void> => {
    loading = loading.catch(() => undefined).then(load);
    return loading;
  };
  const reloadQuietly = (): Promise<void> =>
    reload().catch((thrown: unknown) => {
      const error = asKoppelError(thrown);
      deps.logger.error({ code: error.code, err: error.message }, 'the configuration was not taken over');
    });
  // A notification may be lost with its connection.
  const poll = makeLoop(
    {
      name: 'configuration',
      restMs: 1_000,
      maxBackoffMs: 5_000,
      async run() {
        if ((await deps.store.configurationRevision(deps.database)) !== current?.revision) await reloadQuietly();
        return 'idle';
      },
    },
    deps,
  );

  return {
    name: 'configuration',
    current() {
      if (current === undefined)
        throw new KoppelError('UNEXPECTED', { what: 'the configuration was asked for before it was loaded' });
      return current;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    problem: () => problem,
    reload,
    refresh: reloadQuietly,
    async start() {
      stopListening ??= await deps.database.listen(deps.store.configurationChannel, () => void reloadQuietly());
      if (current === undefined) await reload();
      await poll.start();
    },
    async stop() {
      await poll.stop();
      await stopListening?.();
      stopListening = undefined;
      await loading.catch(() => undefined);
      for (const { system } of connected.values()) await system.system.close();
      connected.clear();
    },
  };
}

/** By `<direction> <connector> <record or entity>`; what a system has chosen also by that behind its key and a colon. */
type Mappings = ReadonlyMap<string, PublishedMapping>;

/** Those that are in use: what nobody has chosen may be wrong. */
function compileAll(stored: StoredConfiguration, catalogues: Catalogues, deps: ConfigurationDeps): Mappings {
  const mappings = new Map<string, PublishedMapping>();
  const problems: string[] = [];
  for (const published of stored.mappings) {
    const { definition, isOwn } = published;
    const users = stored.choices.filter(({ mapping }) => mapping === definition.key);
    if (isOwn && users.length === 0) continue;
    const result = compileOne(published, stored.valueLists, catalogues, deps);
    if (typeof result === 'string') problems.push(result);
    else if (result !== undefined) {
      const side = definition.direction === 'inbound' ? definition.record : definition.entity;
      const kind = `${definition.direction} ${definition.connector} ${side}`;
      if (isOwn) for (const { system } of users) mappings.set(`${system}: ${kind}`, result);
      else mappings.set(kind, result);
    }
  }
  if (problems.length > 0) throw new KoppelError('CONFIGURATION_INVALID', { problems: problems.join('; ') });
  return mappings;
}

/** What mappings of each kind of connector can name: a mapping is for all of its systems, so the fields of all of them count. */
function cataloguesOf(
  systems: readonly SystemRow[],
  discovered: readonly StoredField[],
  connectors: readonly Connector[],
): Catalogues {
  const kinds = new Map(systems.map(({ key, connector }) => [key, connector]));
  return new Map(
    connectors.map(({ kind, catalogue }) => {
      const own = discovered.filter(({ system }) => kinds.get(system) === kind);
      return [kind, withDiscovered(catalogue, own)];
    }),
  );
}

/** The compiled mapping, or why there is none; undefined when its connector is not part of this hub. */
function compileOne(
  { definition, version }: PublishedRow,
  valueLists: readonly PublishedList[],
  catalogues: Catalogues,
  { compile }: ConfigurationDeps,
): PublishedMapping | string | undefined {
  const result = compileDefinition({ catalogues, compile }, definition, valueLists);
  if (result?.type === 'compiled') return publishedMapping(definition.key, version, result.mapping, valueLists);
  return result && `${definition.key}: ${result.problems.map((each) => `${each.at} ${each.message}`).join(', ')}`;
}

/** With the versions of the value lists that it was compiled with. */
export function publishedMapping(
  key: string,
  version: number,
  compiled: CompiledMapping,
  valueLists: readonly PublishedList[],
): PublishedMapping {
  const used = listsOf(compiled.definition);
  const lists = Object.fromEntries(
    valueLists.filter((list) => used.has(list.key)).map((list) => [list.key, list.version]),
  );
  return { key, version, lists, compiled };
}

type Connected = Map<string, { readonly fingerprint: string; readonly system: ConnectedSystem }>;

async function connectAll(
  stored: StoredConfiguration,
  deps: ConfigurationDeps,
  connected: Connected,
): Promise<ReadonlyMap<string, ConnectedSystem>> {
  const systems = new Map<string, ConnectedSystem>();
  const retired: ConnectedSystem[] = [];
  const next: [string, { fingerprint: string; system: ConnectedSystem }][] = [];
  for (const row of stored.systems) {
    const connector = deps.connectors.find((each) => each.kind === row.connector);
    if (connector === undefined)
      throw new KoppelError('CONFIGURATION_INVALID', {
        problems: `${row.key}: there is no connector ${row.connector}`,
      });
    const fingerprint = contentHash([row.id, row.connector, row.settings, row.secrets?.toString('base64') ?? null]);
    const before = connected.get(row.key);
    const isPaused = ['PAUSED', 'DRAFT', 'CREDENTIALS_REJECTED'].includes(row.status);
    const { id, key, name, settings, version } = row;
    const kept = before?.fingerprint === fingerprint ? before.system.system : undefined;
    const system = kept ?? connector.connect({ ...settings, ...(await deps.openSecrets(row)) }, deps);
    if (before !== undefined && kept === undefined) retired.push(before.system);
    const made: ConnectedSystem = { id, key, name, connector, system, settings, isPaused, version };
    next.push([key, { fingerprint, system: made }]);
    systems.set(key, made);
  }
  for (const [key, { system }] of connected) if (!systems.has(key)) retired.push(system);
  connected.clear();
  for (const [key, entry] of next) connected.set(key, entry);
  for (const { system } of retired) await system.close().catch(() => undefined);
  return systems;
}

function toConfiguration(
  stored: StoredConfiguration,
  catalogues: Catalogues,
  mappings: Mappings,
  systems: ReadonlyMap<string, ConnectedSystem>,
): Configuration {
  const kindOf = (system: string): string => systems.get(system)?.connector.kind ?? '';
  const flows = stored.flows.map(toFlow);
  const stockFlows = flows.filter((flow) => flow.entity === 'stock' && flow.isInUse);
  const used = (system: string, direction: string, side: string): PublishedMapping | undefined => {
    const kind = `${direction} ${kindOf(system)} ${side}`;
    return mappings.get(`${system}: ${kind}`) ?? mappings.get(kind);
  };
  const outbound = (system: string, entity: ProjectedEntity): PublishedMapping | undefined =>
    used(system, 'outbound', entity);
  const places = new Map(
    [...systems.keys()].map((system) => {
      const definition = outbound(system, 'stock')?.compiled.definition;
      return [system, definition && stockPlacesOf(definition, stored.valueLists)];
    }),
  );
  const stockPlaces = (system: string): StockPlaces | undefined => places.get(system);
  return {
    revision: stored.revision,
    systems,
    flows,
    catalogues,
    fieldOwners: stored.fieldOwners,
    valueLists: stored.valueLists,
    inbound: (system, record) => used(system, 'inbound', record),
    outbound,
    stockPlaces,
    counts: (system, location) => countsItself(stockFlows, stockPlaces, system, location),
  };
}

function toFlow(row: FlowRow): Flow {
  const { id, key, name, entity, source, target, pollEveryMs } = row;
  return {
    id, key, name, entity, source, target, pollEveryMs,
    isEnabled: row.state === 'ENABLED',
    isRead: row.state === 'ENABLED' || row.state === 'SUSPENDED',
    isInUse: isInUse(row.state),
    startedAt: row.startedAt.toISOString(),
    settings: toFlowSettings(row.settings),
  }; // prettier-ignore
}
