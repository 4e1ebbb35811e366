/**
 * The sandboxes that a hub may be started with, as systems that people connect with one click. In: the sample of the
 * configuration. Out: what there is to connect, and the way to do it. What exists already is never changed.
 */
import { newId } from '../base/ids.js';
import type { FlowEntity } from '../canonical/entities.js';
import type { Document } from '../base/document.js';
import { sayOwners, type InstallDeps, type Sample } from './install.js';

export interface DemoFlow {
  readonly entity: FlowEntity;
  readonly source: string;
  readonly target: string;
  /** What the sample sets, as it is stored. */
  readonly settings: Document;
}

export interface Demo {
  readonly systems: readonly { readonly key: string; readonly name: string; readonly connector: string }[];
  /** The flows that the sample has between them. */
  readonly flows: readonly DemoFlow[];
  /** Connects those of these kinds that are not connected; returns their keys. Fills the value lists that name their branches while these are empty. */
  connect(connectors: readonly string[] | null): Promise<readonly string[]>;
}

export interface DemoDeps extends Pick<InstallDeps, 'database' | 'shipped' | 'owners'> {
  readonly store: Pick<InstallDeps['store'], 'installSystem' | 'announceConfiguration'>;
  readonly reload: () => Promise<void>;
}

export function makeDemo(deps: DemoDeps, sample: Sample): Demo {
  const systems = [sample.source, sample.target];
  return {
    systems: systems.map(({ key, name, connector }) => ({ key, name, connector })),
    flows: sample.flows.map(({ entity, from, settings }) => {
      const [source, target] = from === 'source' ? [sample.source, sample.target] : [sample.target, sample.source];
      return { entity, source: source.key, target: target.key, settings };
    }),
    async connect(connectors) {
      const wanted = systems.filter(({ connector }) => connectors?.includes(connector) ?? true);
      const made = await deps.database.tx(async (tx) => {
        const keys: string[] = [];
        for (const { key, connector, name, settings, secrets } of wanted) {
          const id = newId('system');
          const sealed = await sample.sealSecrets({ id, key }, secrets);
          const isNew = await deps.store.installSystem(tx, { id, key, connector, name, settings, secrets: sealed });
          if (isNew) keys.push(key);
        }
        for (const [list, entries] of Object.entries(sample.valueLists)) {
          if (keys.length > 0) await deps.shipped.fillValueList(tx, list, entries);
        }
        if (keys.length > 0) {
          await sayOwners(deps, tx, sample.fieldOwners);
          await deps.store.announceConfiguration(tx);
        }
        return keys;
      });
      if (made.length > 0) await deps.reload();
      return made;
    },
  };
}
