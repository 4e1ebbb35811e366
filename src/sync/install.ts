/**
 * Puts configuration in place that is not there yet: the mappings and value lists that connectors ship, and a sample of
 * two systems with their flows. Nothing that exists is changed, so it can run at every start.
 */
import type { Document } from '../base/document.js';
import { newId } from '../base/ids.js';
import type { Database, Tx } from '../store/database.js';
import type { FlowEntity } from '../canonical/entities.js';
import type { FieldOwner } from '../canonical/ownership.js';
import type { Connector } from '../systems/system.js';
import type { ValueListEntry } from '../mapping/mapping.js';

export interface InstallDeps {
  readonly database: Database;
  readonly store: Pick<
    typeof import('../store/configuration.js'),
    'installSystem' | 'changeSystemSettings' | 'installFlow' | 'goLive' | 'announceConfiguration'
  >;
  readonly shipped: Pick<typeof import('../store/shipped.js'), 'installMapping' | 'installValueList' | 'fillValueList'>;
  readonly owners: Pick<typeof import('../store/field-owners.js'), 'loadFieldOwners' | 'saveFieldOwners'>;
}

/** Stores shipped mappings and value lists that are absent, as version 1. Returns how many were stored. */
export async function installDefaults(
  deps: Pick<InstallDeps, 'database' | 'store' | 'shipped'>,
  connectors: readonly Connector[],
): Promise<number> {
  return deps.database.tx(async (tx) => {
    let installed = 0;
    for (const { defaultValueLists, defaultMappings } of connectors) {
      for (const list of defaultValueLists)
        if (await deps.shipped.installValueList(tx, newId('value_list'), list)) installed++;
      for (const mapping of defaultMappings)
        if (await deps.shipped.installMapping(tx, newId('mapping'), mapping)) installed++;
    }
    if (installed > 0) await deps.store.announceConfiguration(tx);
    return installed;
  });
}

export interface SampleSystem {
  readonly key: string;
  readonly connector: string;
  readonly name: string;
  readonly settings: Document;
  /** Secret settings in clear; sealed before they are stored. */
  readonly secrets: Document;
}

export interface Sample {
  readonly source: SampleSystem;
  readonly target: SampleSystem;
  readonly pollEveryMs: number;
  readonly sealSecrets: (
    system: { readonly id: string; readonly key: string },
    secrets: Document,
  ) => Buffer | Promise<Buffer>;
  readonly flows: readonly SampleFlow[];
  /** Who owns fields of which nobody has said it yet, from the first connection on. */
  readonly fieldOwners: readonly FieldOwner[];
  /** Value lists to fill when they are empty. */
  readonly valueLists: Readonly<Record<string, readonly ValueListEntry[]>>;
}

const plurals: Readonly<Record<FlowEntity, string>> = {
  category: 'categories',
  product: 'products',
  stock: 'stock',
  customer: 'customers',
  order: 'orders',
};

/** `source`: from the sample's source to its target; `target`: the other way. */
export interface SampleFlow {
  readonly entity: FlowEntity;
  readonly from: 'source' | 'target';
  readonly settings: Document;
}

/**
 * Two systems and flows between them, `products-to-<target>` and so on. Of systems
 * that exist only the settings named here are brought up to date (a sandbox may have another port than last time).
 */
export async function installDemo(deps: InstallDeps, sample: Sample): Promise<void> {
  await deps.database.tx(async (tx) => {
    const isFirst = [await installSample(deps, tx, sample, sample.source), await installSample(deps, tx, sample, sample.target)]; // prettier-ignore
    if (isFirst.includes(true)) await sayOwners(deps, tx, sample.fieldOwners);
    for (const { entity, from, settings } of sample.flows) {
      const [source, target] = from === 'source' ? [sample.source, sample.target] : [sample.target, sample.source];
      const plural = plurals[entity];
      const key = `${plural}-to-${target.key}`;
      const isNew = await deps.store.installFlow(tx, {
        id: newId('flow'),
        key,
        name: `${plural.charAt(0).toUpperCase()}${plural.slice(1)} from ${source.name} to ${target.name}`,
        entity,
        source: source.key,
        target: target.key,
        pollEveryMs: sample.pollEveryMs,
        settings,
      });
      if (isNew) await deps.store.goLive(tx, key);
    }
    for (const [key, entries] of Object.entries(sample.valueLists)) await deps.shipped.fillValueList(tx, key, entries);
    await deps.store.announceConfiguration(tx);
  });
}

/** Says who owns fields of which people have not said it. */
export async function sayOwners(
  { owners }: Pick<InstallDeps, 'owners'>,
  tx: Tx,
  wanted: readonly FieldOwner[],
): Promise<void> {
  const said = new Set((await owners.loadFieldOwners(tx)).map(({ entity, field }) => `${entity}.${field}`));
  const unsaid = wanted.filter(({ entity, field }) => !said.has(`${entity}.${field}`));
  if (unsaid.length > 0) await owners.saveFieldOwners(tx, unsaid, []);
}

/** Whether it is new. */
async function installSample(deps: InstallDeps, tx: Tx, sample: Sample, system: SampleSystem): Promise<boolean> {
  const { key, connector, name, settings, secrets } = system;
  const id = newId('system');
  const sealed = await sample.sealSecrets({ id, key }, secrets);
  const isNew = await deps.store.installSystem(tx, { id, key, connector, name, settings, secrets: sealed });
  if (!isNew) await deps.store.changeSystemSettings(tx, key, settings);
  return isNew;
}
