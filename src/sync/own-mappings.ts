/**
 * Mappings that people make beside those that connectors ship: made from a proposal or without rules, copied to try a variant, chosen for a
 * system, deleted when none uses them. What is chosen is in use in this process when the call returns.
 */
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { Direction, MappingDefinition, MappingProblem } from '../mapping/mapping.js';
import type { Tx } from '../store/database.js';
import type { Connector } from '../systems/system.js';
import type { Configuration } from './configuration.js';
import type { Draft } from './draft-configuration.js';
import { lockOne, type EditDeps } from './edits.js';
import { invalidMapping } from './invalid-mapping.js';
import { flowsThrough } from './mapping-flows.js';

export interface OwnMappingDeps extends EditDeps {
  readonly uses: Pick<
    typeof import('../store/mapping-use.js'),
    'createMapping' | 'deleteMapping' | 'chooseMapping' | 'copyTests' | 'listChoices' | 'isOwnMapping'
  >;
  readonly connectors: readonly Pick<Connector, 'kind' | 'defaultMappings'>[];
  readonly configuration: { current(): Configuration };
  readonly problemsOf: (definition: MappingDefinition) => readonly MappingProblem[];
  /** What an analysis of this draft would be called now. */
  readonly planHash: (tx: Tx, draft: Draft) => Promise<string>;
}

/** What kind of mapping: of which records, from or to systems of which kind. */
export interface MappingKind {
  readonly connector: string;
  readonly direction: Direction;
  readonly entity: string;
  /** Needed where a connector ships several for one entity. */
  readonly record: string | null;
}

export interface NewOwnMapping {
  readonly key: string;
  readonly name: string;
  readonly by: string;
}

export interface OwnMappings {
  /** Makes a mapping with the rules that its connector ships, or with none. */
  create(mapping: NewOwnMapping, kind: MappingKind, isEmpty: boolean): Promise<void>;
  /** Makes a mapping with the rules of another one that are in use. Returns how many tests came along. */
  duplicate(id: string, mapping: NewOwnMapping, withTests: boolean): Promise<number>;
  /** Deletes a mapping that people made and no system uses. */
  delete(id: string): Promise<void>;
  /**
   * Lets a system use this mapping from now on. `planHash`: of the analysis that was agreed to; refused when rules, value lists or records
   * have changed since. Returns the key of the one that it used before.
   */
  choose(id: string, system: string, planHash: string | null): Promise<string | null>;
}

export function makeOwnMappings(deps: OwnMappingDeps): OwnMappings {
  const make = async (tx: Tx, { key, name, by }: NewOwnMapping, from: MappingDefinition, note: string) => {
    const made = { id: newId('mapping'), name, definition: { ...from, key }, note, by };
    if (!(await deps.uses.createMapping(tx, made))) throw new KoppelError('MAPPING_EXISTS', { key });
    await deps.announceConfiguration(tx);
  };
  return {
    async create(mapping, kind, isEmpty) {
      const { includeWhen, ...proposal } = proposalFor(deps.connectors, kind);
      const rules = isEmpty ? [] : proposal.rules;
      const condition = isEmpty || includeWhen === undefined ? {} : { includeWhen };
      const note = isEmpty ? 'made without rules' : 'made from what the connector ships';
      await deps.database.tx((tx) => make(tx, mapping, { ...proposal, ...condition, rules }, note));
      await deps.reload();
    },
    async duplicate(id, mapping, withTests) {
      const copied = await deps.database.tx(async (tx) => {
        const { key, published, publishedVersion } = await lockOne(deps, tx, 'mapping', id);
        await make(tx, mapping, published, `copied from version ${publishedVersion} of ${key}`);
        return withTests ? deps.uses.copyTests(tx, key, mapping.key, () => newId('mapping_test')) : 0;
      });
      await deps.reload();
      return copied;
    },
    async delete(id) {
      await deps.database.tx(async (tx) => {
        const { key, published } = await lockOne(deps, tx, 'mapping', id);
        if (!(await deps.uses.isOwnMapping(tx, key))) throw new KoppelError('MAPPING_SHIPPED', { key });
        const users = (await deps.uses.listChoices(tx)).filter(({ mapping }) => mapping === key);
        if (users.length > 0) throw inUse(deps.configuration.current(), published, users.map(({ system }) => system)); // prettier-ignore
        await deps.uses.deleteMapping(tx, key);
        await deps.announceConfiguration(tx);
      });
      await deps.reload();
    },
    async choose(id, system, planHash) {
      const current = deps.configuration.current();
      const before = await deps.database.tx(async (tx) => {
        const { key, published } = await lockOne(deps, tx, 'mapping', id);
        const connected = current.systems.get(system);
        if (connected?.connector.kind !== published.connector)
          throw new KoppelError('MAPPING_OF_OTHER_KIND', { key, system: connected?.name ?? system });
        const problems = deps.problemsOf(published);
        if (problems.length > 0) throw invalidMapping(key, problems);
        if (planHash !== null) {
          const draft: Draft = { definition: published, lists: new Map(), systems: [system] };
          if (planHash !== (await deps.planHash(tx, draft)))
            throw new KoppelError('PLAN_OUTDATED', { what: 'rules, value lists or records have changed since' });
        }
        await deps.uses.chooseMapping(tx, system, key);
        await deps.announceConfiguration(tx);
        return usedBefore(current, system, published);
      });
      await deps.reload();
      return before;
    },
  };
}

/** What the connector ships for a kind of record. */
function proposalFor(connectors: OwnMappingDeps['connectors'], kind: MappingKind): MappingDefinition {
  const { connector, direction, entity, record } = kind;
  const shipped = connectors.find((each) => each.kind === connector)?.defaultMappings ?? [];
  const ofEntity = shipped.filter((each) => each.direction === direction && each.entity === entity);
  const [found, another] = record === null ? ofEntity : ofEntity.filter((each) => each.record === record);
  if (found !== undefined && another === undefined) return found;
  const known = (ofEntity.length > 0 ? ofEntity : shipped.filter((each) => each.direction === direction))
    .map((each) => (ofEntity.length > 0 ? each.record : each.entity))
    .join(', ');
  throw new KoppelError('MAPPING_KIND_UNKNOWN', { connector, kind: record === null ? entity : `${entity} (${record})`, known }); // prettier-ignore
}

function usedBefore(
  { inbound, outbound }: Configuration,
  system: string,
  { direction, record, entity }: MappingDefinition,
): string | null {
  const used = direction === 'inbound' ? inbound(system, record) : outbound(system, entity as never);
  return used?.key ?? null;
}

/** Names the flows whose records go through it; while there are none, the systems. */
function inUse(current: Configuration, definition: MappingDefinition, systems: readonly string[]): KoppelError {
  const { key } = definition;
  const flows = flowsThrough(current.flows, definition, systems).map(({ name }) => name);
  const names = systems.map((system) => current.systems.get(system)?.name ?? system).join(', ');
  return flows.length > 0
    ? new KoppelError('MAPPING_IN_USE', { key, systems: names, flows: flows.join(', ') })
    : new KoppelError('MAPPING_CHOSEN', { key, systems: names });
}
