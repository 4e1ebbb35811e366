/**
 * What people call that which sentences name by keys and paths: systems, value lists, fields of records. In: the configuration in force.
 * Out: names and labels, in English; whoever speaks says them in other languages (base/sentences).
 */
import type { Field, RecordCatalogue } from '../base/document.js';
import { inboundCatalogue, outboundCatalogue } from '../canonical/entities.js';
import type { CodeWords } from '../systems/code-words.js';
import type { ConnectedSystem, ConfigurationSource } from './configuration.js';

/** What a sentence is about; null where nothing is said of it. */
export interface SpokenOf {
  readonly entity: string | null;
  /** Key of the system. */
  readonly system: string | null;
  /** Any system of this kind, where no single one is meant. */
  readonly connector?: string;
  /** It stands in the words of the hub, and only then perhaps in those of a system. */
  readonly isOurs?: boolean;
}

export interface SpokenNames {
  /** The key itself when there is no such system. */
  system(key: string): string;
  list(key: string): string | undefined;
  flow(key: string): string | undefined;
  /** The systems of a kind; the kind itself when none is connected. */
  connector(kind: string): string;
  /** Fields of the kinds of record in which a path of the sentence may stand, those of the system before those of the hub. */
  kinds(of: SpokenOf): readonly (readonly Field[])[];
  /** What the codes of the system with that key are called; undefined when its connector does not say, or there is none. */
  codes(system: string): CodeWords | undefined;
}

const hubs = [...outboundCatalogue, ...inboundCatalogue];
/** What was taken in is said as it is taken in. */
const hubsFirst = [...inboundCatalogue, ...outboundCatalogue];

/** Levels are read one by one and written as the stock of an article. */
const sameAs: Readonly<Record<string, readonly string[]>> = {
  stock: ['stock', 'stock_level'],
  stock_level: ['stock', 'stock_level'],
};

export function makeSpokenNames(configuration: Pick<ConfigurationSource, 'current'>): SpokenNames {
  return {
    system: (key) => configuration.current().systems.get(key)?.name ?? key,
    list: (key) => configuration.current().valueLists.find((list) => list.key === key)?.name,
    flow: (key) => configuration.current().flows.find((flow) => flow.key === key)?.name,
    connector: (kind) =>
      [...configuration.current().systems.values()]
        .filter(({ connector }) => connector.kind === kind)
        .map(({ name }) => name)
        .join(', ') || kind,
    codes: (key) => configuration.current().systems.get(key)?.connector.codeWords,
    kinds({ entity, system, connector: kind, isOurs = false }) {
      const { systems, catalogues } = configuration.current();
      const meant = system === null ? undefined : systems.get(system);
      const entities = entity === null ? undefined : (sameAs[entity] ?? [entity]);
      const among = [...systems.values()].filter(({ connector }) => kind === undefined || connector.kind === kind);
      const theirs = (meant === undefined ? among : [meant]).flatMap(({ connector }) => {
        const records = entities === undefined ? undefined : recordsOf(connector, entities);
        return (catalogues.get(connector.kind) ?? []).filter(({ record }) => records?.has(record) ?? true);
      });
      const isMeant = ({ record }: RecordCatalogue): boolean => entities?.includes(record) ?? true;
      const all = isOurs ? [...hubsFirst.filter(isMeant), ...theirs] : [...theirs, ...hubs.filter(isMeant)];
      return all.map(({ fields }) => fields);
    },
  };
}

/** Kinds of record of a system that become such records of the hub, or that they are written as. */
function recordsOf({ streams, targets }: ConnectedSystem['connector'], entities: readonly string[]): Set<string> {
  const read = streams.flatMap(({ record, entity, others = {} }) => [
    [record, entity] as const,
    ...Object.entries(others),
  ]);
  const written = targets.map(({ record, entity }) => [record, entity] as const);
  return new Set([...written, ...read].filter(([, entity]) => entities.includes(entity)).map(([record]) => record));
}
