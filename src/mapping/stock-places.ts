/**
 * Which places a mapping of stock fills in its target, and from which locations: read from the rule that gives each level its
 * place. Pure. `any`: it can be every one, because the rule does not say.
 */
import type { MappingDefinition, Operand, Rule, ValueList } from './mapping.js';

export interface StockPlaces {
  /** What the target calls the places that it is told. */
  readonly told: ReadonlySet<string> | 'any';
  /** Codes of the locations that it is told of. */
  readonly from: ReadonlySet<string> | 'any';
  /** The value list that says so. */
  readonly list: string | null;
}

export function stockPlacesOf({ rules }: MappingDefinition, lists: readonly ValueList[]): StockPlaces | undefined {
  const levels = rules.find((rule) => rule.kind === 'list' && rule.source === 'levels');
  const rule =
    levels?.kind === 'list' ? levels.rules.find((each) => sourcesOf(each).includes('locationCode')) : undefined;
  if (rule === undefined) return undefined;
  const list = rule.kind === 'valueList' ? lists.find(({ key }) => key === rule.list) : undefined;
  if (list === undefined) return { told: 'any', from: 'any', list: null };
  const { key, whenUnmapped, defaultValue, entries } = list;
  const told = new Set([...entries.map(({ to }) => to), ...(defaultValue === undefined ? [] : [defaultValue])]);
  const isOpen = whenUnmapped === 'pass' || whenUnmapped === 'default';
  return {
    told: whenUnmapped === 'pass' ? 'any' : told,
    from: isOpen ? 'any' : new Set(entries.map(({ from }) => from)),
    list: key,
  };
}

function sourcesOf(rule: Rule): readonly string[] {
  const of = (operand: Operand | undefined): readonly string[] =>
    operand !== undefined && 'copy' in operand ? [operand.copy] : [];
  if (rule.kind === 'copy' || rule.kind === 'valueList') return [rule.source];
  return rule.kind === 'condition' ? [...rule.rows.flatMap(({ then }) => of(then)), ...of(rule.otherwise)] : [];
}

interface Way {
  readonly source: string;
  readonly target: string;
}

type PlacesIn = (system: string) => StockPlaces | undefined;

/** Whether a system counts what is in one of its places itself: no flow tells it what that holds. */
export function countsItself(ways: readonly Way[], places: PlacesIn, system: string, place: string): boolean {
  return !ways.some(({ target }) => target === system && holds(places(system)?.told, place));
}

export interface CountedTwice {
  /** The system that is told about the places and is said to count them as well. */
  readonly system: string;
  readonly places: readonly string[];
  /** The value lists that say the one and the other. */
  readonly lists: readonly string[];
}

/** Places that a system would be told about and count for others at once, so that nobody would own the figures. */
export function countedTwice(ways: readonly Way[], places: PlacesIn): CountedTwice | undefined {
  for (const { source, target } of ways) {
    if (!ways.some((way) => way.source === target && way.target === source)) continue;
    const [here, there] = [places(source), places(target)];
    if (here === undefined || there === undefined) continue;
    const both =
      there.from === 'any'
        ? here.told === 'any' ? ['every place'] : []
        : [...there.from].filter((place) => holds(here.told, place)); // prettier-ignore
    if (both.length > 0) {
      const lists = [here.list, there.list].flatMap((list) => list ?? []);
      return { system: source, places: both.sort(), lists };
    }
  }
  return undefined;
}

const holds = (places: ReadonlySet<string> | 'any' | undefined, place: string): boolean =>
  places === 'any' || places?.has(place) === true;
