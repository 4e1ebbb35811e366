/**
 * Explains values: by which rule a record holds what it holds, and which rule of a mapping made it. In: the record, the last
 * change of a field, the version of the mapping by which it was translated, and the record as its system showed it. What a
 * mapping did is found out by running that version again, so nothing is kept for it.
 */
import type { Document, Json } from '../base/document.js';
import { worker, type Ownership } from '../canonical/ownership.js';
import { hasOrigin, ruleOf, statedBy, type LastWord } from '../canonical/provenance.js';
import { makingOf, mayStandIn, partsOfProduct, rulesOfField } from '../mapping/making.js';
import type { MappedRecord } from '../mapping/mapping.js';
import type { FieldOrigins, LastChange, UsedMapping } from '../store/last-words.js';
import { compileDefinition, type CompileDeps } from './compile-definition.js';
import type { Configuration, ConfigurationSource } from './configuration.js';

export interface FieldOriginsDeps {
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly compile: CompileDeps['compile'];
  readonly ownershipOf: (configuration: Configuration) => Ownership;
}

export function makeFieldOrigins(deps: FieldOriginsDeps): FieldOrigins {
  const retell = makeRetelling(deps);
  return {
    needsSeen: ({ definition }, entity, field) => mayStandIn(rulesOfField(definition, entity, field)),
    explain({ record, field, last, used, seen }) {
      const { entity } = record;
      const rules = used === null ? [] : rulesOfField(used.definition, entity, field);
      const told = used === null || last === null || !mayStandIn(rules) ? null : retell(used, last, seen);
      const place = told === null ? null : placeOf(told, used?.definition.entity === entity, last?.externalId ?? null);
      const stoodIn = (target: string): boolean =>
        place !== null && told?.defaulted.includes(`${place}${target}`) === true;
      const word: LastWord | null = last && {
        isByHand: last.isByHand,
        isCreation: last.outcome === 'created',
        making: makingOf(rules, stoodIn),
      };
      if (!hasOrigin(record, field, word)) return null;
      const origin = statedBy(record, field);
      const isByHand = last?.isByHand === true;
      return {
        system: origin === worker ? null : origin,
        rule: ruleOf(record, field, deps.ownershipOf(deps.configuration.current()), word),
        made: isByHand || origin === worker || origin === null ? null : (rules[0] ?? null),
      };
    },
  };
}

type Told = Extract<MappedRecord, { type: 'mapped' }>;

/** Before the names of a record's fields among all that a mapping made; null when it is not among the parts. */
function placeOf({ document }: Told, isWhole: boolean, externalId: string | null): string | null {
  if (isWhole) return '';
  const parts = document[partsOfProduct];
  const at = Array.isArray(parts) ? (parts as readonly Document[]).findIndex((part) => part['externalId'] === externalId) : -1; // prettier-ignore
  return at < 0 ? null : `${partsOfProduct}.${at}.`;
}

/** Runs a version of a mapping again; null when it cannot be, or the record cannot be mapped any more. */
function makeRetelling({ configuration, compile }: FieldOriginsDeps) {
  const compiled = new WeakMap<Configuration, Map<string, ReturnType<typeof compileDefinition>>>();
  const compiledIn = (
    current: Configuration,
    { name, definition }: UsedMapping,
  ): ReturnType<typeof compileDefinition> => {
    const known = compiled.get(current) ?? new Map<string, ReturnType<typeof compileDefinition>>();
    compiled.set(current, known);
    const found = known.get(name) ?? compileDefinition({ catalogues: current.catalogues, compile }, definition, current.valueLists); // prettier-ignore
    known.set(name, found);
    return found;
  };
  const told = new WeakMap<object, Map<string, Told | null>>();
  return (used: UsedMapping, { outcome, system }: LastChange, seen: Json): Told | null => {
    if (system === null || typeof seen !== 'object' || seen === null || Array.isArray(seen)) return null;
    const operation = outcome === 'created' ? 'create' : 'update';
    const known = told.get(seen) ?? new Map<string, Told | null>();
    told.set(seen, known);
    const found = known.get(`${used.name} ${operation}`);
    if (found !== undefined) return found;
    const current = configuration.current();
    const from = current.systems.get(system);
    const result = from === undefined ? undefined : compiledIn(current, used);
    const mapped = from !== undefined && result?.type === 'compiled' ? result.mapping.run(from.connector.derive(used.definition.record, seen as Document, system, from.settings), operation) : null; // prettier-ignore
    const kept = mapped?.type === 'mapped' ? mapped : null;
    known.set(`${used.name} ${operation}`, kept);
    return kept;
  };
}
