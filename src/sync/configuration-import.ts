/**
 * Configuration as a file: written, compared, and taken over. What is taken over is a plan that somebody has seen, all of it in one
 * transaction, or nothing. Secrets and the states of flows are neither written nor changed.
 */
import { sameJson } from '../base/content-hash.js';
import { KoppelError } from '../base/errors.js';
import { isObject, type Document, type Json } from '../base/document.js';
import { newId } from '../base/ids.js';
import type { FieldOwner, RefinableEntity } from '../canonical/ownership.js';
import type { Connector } from '../systems/system.js';
import type { PublishedRows } from '../store/configuration-file.js';
import type { SystemRow } from '../store/configuration.js';
import type { Tx } from '../store/database.js';
import { compileDefinition, type CompileDeps } from './compile-definition.js';
import { alertContentOf, carryOutAlerts, type ConfiguredAlertsDeps } from './configuration-alerts.js';
import { carryOutMappings, chosenBy, mappingPart, type ConfiguredMappingsDeps } from './configuration-mappings.js';
import { writeConfigurationFile, type FlowPart, type OwnersPart, type ValueListPart } from './configuration-file.js';
import { readConfigurationFile, type FileResult } from './configuration-file-read.js';
import { planConfiguration } from './configuration-plan.js';
import { secretsOf } from './configuration-plan-problems.js';
import type { PlannedParts, PublishedContent } from './configuration-planned.js';
import type { FileProblem } from './configuration-yaml.js';
import type { ConfigurationSource } from './configuration.js';
import type { EditDeps } from './edits.js';
import type { FieldOwnership } from './field-ownership.js';
import { createFlow, updateFlow, type FlowsDeps } from './flows.js';
import { leadsElsewhere } from './secrets-and-address.js';

export interface ConfigurationFilesDeps extends EditDeps, ConfiguredAlertsDeps, ConfiguredMappingsDeps {
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly compile: CompileDeps['compile'];
  readonly connectors: readonly Connector[];
  readonly published: typeof import('../store/configuration-file.js');
  readonly lists: Pick<
    typeof import('../store/value-lists.js'),
    'createValueList' | 'renameValueList' | 'deleteValueList'
  >;
  readonly store: FlowsDeps['store'] & Pick<typeof import('../store/configuration.js'), 'replaceSystemSettings'>;
  readonly looks: FlowsDeps['looks'];
  readonly changeOwners: FieldOwnership['changeOwners'];
  /** What the connector says about other settings of a system; undefined when it takes them. */
  readonly settingsProblem: (system: SystemRow, settings: Document) => Promise<string | undefined>;
}

/** What a file would do, or why it cannot. */
export interface FilePlan {
  /** Null while there are problems. */
  readonly planHash: string | null;
  readonly parts: PlannedParts;
  readonly problems: readonly FileProblem[];
  readonly keptCount: number;
}

export interface ConfigurationFiles {
  /** What is published, as YAML. */
  write(): Promise<string>;
  plan(file: { readonly document: string; readonly prune: boolean }): Promise<FilePlan>;
  /**
   * Takes the file over if it does what the plan of that hash says. Returns what was done; throws CONFIGURATION_PLAN_OUTDATED
   * when it would do something else, and CONFIGURATION_FILE_REFUSED when it cannot be used.
   */
  apply(file: {
    readonly document: string;
    readonly prune: boolean;
    readonly planHash: string | null;
    readonly by: string;
  }): Promise<FilePlan>;
}

const note = 'configuration file';
const elsewhere =
  'Its address leads to another host, and a file brings no secrets along. Change the address in the settings of the system, with its secrets; then import again.';
const noParts: PlannedParts = { systems: [], flows: [], fieldOwners: [], mappings: [], valueLists: [], comparisons: [], alertChannels: [], alertRules: [] }; // prettier-ignore

export function makeConfigurationFiles(deps: ConfigurationFilesDeps): ConfigurationFiles {
  const planOf = async (rows: PublishedRows, read: FileResult, prune: boolean): Promise<FilePlan> => {
    if (read.type === 'refused') return { planHash: null, parts: noParts, problems: read.problems, keptCount: 0 };
    const { catalogues } = deps.configuration.current();
    const { connectors } = deps;
    const plan = planConfiguration(read.content, contentOf(rows, connectors), {
      prune,
      checks: {
        connectors,
        mappingProblems(definition, lists) {
          const result = compileDefinition({ catalogues, compile: deps.compile }, definition, lists);
          return result?.type === 'invalid' ? result.problems : [];
        },
        alerts: deps.alerts.checks,
      },
    });
    const problems = [...plan.problems];
    for (const { key, before, after } of plan.parts.systems) {
      const row = rows.systems.find((system) => system.key === key);
      const at = `systems.${key}`;
      if (row === undefined || before === null || after === null || problems.some((each) => each.at === at)) continue;
      const schema = connectors.find(({ kind }) => kind === row.connector)?.settingsSchema ?? {};
      const isElsewhere = row.secrets !== null && leadsElsewhere(schema, before.settings, after.settings);
      const message = (await deps.settingsProblem(row, after.settings)) ?? (isElsewhere ? elsewhere : undefined);
      const part = read.content.systems.get(key);
      if (message !== undefined) problems.push({ line: part ? read.content.lineOf(part) : null, at, message });
    }
    problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const { parts, keptCount } = plan;
    return { planHash: problems.length === 0 ? plan.hash : null, parts, problems, keptCount };
  };

  return {
    write: () =>
      deps.database.tx(async (tx) =>
        writeConfigurationFile(contentOf(await deps.published.readPublished(tx), deps.connectors)),
      ),
    async plan({ document, prune }) {
      const rows = await deps.database.tx((tx) => deps.published.readPublished(tx));
      return planOf(rows, readConfigurationFile(document), prune);
    },
    async apply({ document, prune, planHash, by }) {
      if (planHash === null) throw new KoppelError('CONFIGURATION_PLAN_MISSING');
      // Before the lock: nobody waits while a large file is read.
      const read = readConfigurationFile(document);
      const seen = async (rows: PublishedRows): Promise<FilePlan> => {
        const plan = await planOf(rows, read, prune);
        if (plan.problems.length > 0) throw refused(plan.problems);
        if (plan.planHash !== planHash) throw new KoppelError('CONFIGURATION_PLAN_OUTDATED', { planHash });
        return plan;
      };
      // Before the lock too: changing owners takes its time with many records, and only what the plan says is begun at all.
      const { parts } = await seen(await deps.database.tx((tx) => deps.published.readPublished(tx)));
      return deps.changeOwners(ownersIn(parts), by, async (save) => {
        const done = await deps.database.tx(async (tx) => {
          await deps.published.lockPublished(tx);
          const rows = await deps.published.selectPublished(tx);
          const plan = await seen(rows);
          await carryOut(deps, tx, rows, plan.parts, by);
          await save(tx);
          await deps.announceConfiguration(tx);
          return plan;
        });
        await deps.reload();
        return done;
      });
    },
  };
}

function refused(problems: readonly FileProblem[]): KoppelError {
  const said = problems.map(({ line, at, message }) => `${line === null ? '' : `line ${line}, `}${at}: ${message}`);
  return new KoppelError('CONFIGURATION_FILE_REFUSED', { count: problems.length, problems: said.join(' ') });
}

/** What is to be said of each field whose owner changes. */
function ownersIn({ fieldOwners }: PlannedParts): readonly FieldOwner[] {
  return fieldOwners.flatMap(({ key, after, changes }) =>
    changes.map(({ path: field }) => ({
      entity: key as RefinableEntity,
      field,
      ...(after?.[field] ?? { policy: 'source', owner: null }),
    })),
  );
}

async function carryOut(
  deps: ConfigurationFilesDeps,
  tx: Tx,
  rows: PublishedRows,
  parts: PlannedParts,
  by: string,
): Promise<void> {
  const publication = { note, by };
  for (const { key, after } of parts.systems)
    if (after !== null) await deps.store.replaceSystemSettings(tx, key, after.name, after.settings);
  for (const { key, before, after } of parts.valueLists) {
    if (after === null) {
      await deps.lists.deleteValueList(tx, key);
      continue;
    }
    const { name, kind, ...body } = after;
    const isSame = before !== null && sameJson(bodyOf(before), body as unknown as Json);
    if (before === null) {
      await deps.lists.createValueList(tx, { id: newId('value_list'), key, name, kind, body, ...publication });
      continue;
    }
    if (name !== before.name || kind !== before.kind) await deps.lists.renameValueList(tx, key, name, kind);
    if (!isSame) await deps.versions.publishVersion(tx, 'value_list', key, body, publication);
  }
  await carryOutMappings(deps, tx, parts, publication);
  for (const { key, before, after } of parts.flows) {
    if (after === null) continue;
    if (before === null) {
      await createFlow(deps, tx, { key, ...after });
      continue;
    }
    await updateFlow(deps, tx, key, {
      expectedVersion: rows.flows.find((flow) => flow.key === key)?.version ?? 0,
      name: after.name,
      pollEveryMs: after.pollEveryMs,
      settings: settingsPatch(before, after),
    });
  }
  await carryOutAlerts(deps, tx, rows, parts);
}

const bodyOf = ({ name: _, kind: __, ...body }: ValueListPart): Json => body as unknown as Json;

/** What makes the settings of before those of after when it is merged into them; null takes away. */
function settingsPatch(before: FlowPart, after: FlowPart): Document {
  const patchOf = (was: Document, is: Document): Document => {
    const gone = Object.keys(was).filter((name) => !Object.hasOwn(is, name));
    return { ...Object.fromEntries(gone.map((name) => [name, null])), ...is };
  };
  const patch = patchOf(before.settings, after.settings);
  const inner = Object.entries(patch).map(([name, value]) => {
    const was = before.settings[name];
    return [name, isObject(was) && isObject(value) ? patchOf(was, value) : value] as const;
  });
  return Object.fromEntries(inner);
}

/** Without ids, secrets and states. */
function contentOf(rows: PublishedRows, connectors: readonly Connector[]): PublishedContent {
  const shown = (kind: string, settings: Document): Document => {
    const secrets = secretsOf(connectors.find((each) => each.kind === kind)?.settingsSchema);
    return Object.fromEntries(Object.entries(settings).filter(([name]) => !secrets.includes(name)));
  };
  return {
    systems: new Map(
      rows.systems.map(({ key, connector, name, settings }) => [
        key,
        { connector, name, settings: shown(connector, settings), ...chosenBy(rows, key) },
      ]),
    ),
    flows: new Map(rows.flows.map(({ key, version: _, ...flow }) => [key, flow])),
    fieldOwners: ownersByEntity(rows.fieldOwners),
    mappings: new Map(rows.mappings.map((row) => [row.key, mappingPart(row)])),
    valueLists: new Map(rows.valueLists.map(({ key, name, kind, body }) => [key, { name, kind, ...body }])),
    ...alertContentOf(rows),
    versions: new Map([
      ...rows.mappings.map(({ key, publishedVersion }) => [`mappings.${key}`, publishedVersion] as const),
      ...rows.valueLists.map(({ key, version }) => [`valueLists.${key}`, version] as const),
    ]),
    drafts: new Set([
      ...rows.mappings.filter(({ draft }) => draft !== null).map(({ key }) => `mappings.${key}`),
      ...rows.valueLists.filter(({ hasDraft }) => hasDraft).map(({ key }) => `valueLists.${key}`),
    ]),
  };
}

function ownersByEntity(owners: readonly FieldOwner[]): ReadonlyMap<string, OwnersPart> {
  const byEntity = new Map<string, OwnersPart>();
  for (const { entity, field, policy, owner } of owners)
    byEntity.set(entity, { ...byEntity.get(entity), [field]: { policy, owner } });
  return byEntity;
}
