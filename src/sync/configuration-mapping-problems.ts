/**
 * Why what a configuration file says of mappings cannot be carried out: rules, new mappings, and which a system is to use. In: what it says,
 * what is published, what it would change. Out: problems. Pure.
 */
import type { MappingDefinition, ValueList } from '../mapping/mapping.js';
import { badKey, fixed, isKey, sayer, type Compared } from './configuration-compared.js';
import type { MappingPart, SystemPart } from './configuration-file.js';
import type { SaidContent } from './configuration-file-read.js';
import type { PartChange } from './configuration-planned.js';
import type { FileProblem } from './configuration-yaml.js';

export const beingEdited = 'Somebody is editing it, and the import would end that draft. Publish or discard it first.';

const kind = ['connector', 'direction', 'record', 'entity'] as const;

export function mappingProblems(compared: Compared, change: PartChange<MappingPart>): FileProblem[] {
  const { key, before, after } = change;
  const { published, said } = compared;
  const say = sayer(compared, 'mappings', key);
  if (after === null) return [];
  const problems = before === null ? newProblems(compared, key) : fixed(change, kind);
  if (before !== null && (before.name === undefined) !== (after.name === undefined))
    problems.push('It came with its connector, and is called by what it carries.');
  if (after.name?.trim() === '') problems.push('A mapping has a name.');
  if (published.drafts.has(`mappings.${key}`)) problems.push(beingEdited);
  if (problems.length > 0) return problems.map((message) => say(message));
  // One that no system uses may be begun and not be finished.
  if (after.name !== undefined && !isChosen(compared, key)) return [];
  const definition = { key, ...after };
  return compared.checks.mappingProblems(definition, listsAfter(compared)).map(({ at, message }) => {
    const rule = ruleAt(definition, at, said);
    return say(`${rule === undefined ? at : `${at} (${rule.target})`}: ${message}`, `.${at}`, rule?.of);
  });
}

/** A mapping that is not here is one that people made, for records that its connector knows. */
function newProblems({ said, checks }: Compared, key: string): string[] {
  const part = said.mappings.get(key);
  const missing = (['name', ...kind] as const).filter((name) => part?.[name] === undefined);
  if (missing.length > 0) return [`There is no mapping ${key}. One that people make needs ${missing.join(', ')}.`];
  if (!isKey(key)) return [badKey];
  const shipped = checks.connectors.find((connector) => connector.kind === part?.connector)?.defaultMappings ?? [];
  const isKnown = shipped.some((each) => kind.every((name) => each[name] === part?.[name]));
  return isKnown ? [] : ['There is no mapping of this connector, direction, record and entity that it could replace.'];
}

/** What is wrong with the mappings that a system is to use. */
export function choiceProblems(compared: Compared, { connector, mappings = [] }: SystemPart): string[] {
  const { published, planned, checks } = compared;
  const partOf = (key: string): MappingPart | undefined =>
    planned.mappings.find((change) => change.key === key)?.after ?? published.mappings.get(key);
  const taken = new Map<string, string>();
  return mappings.flatMap((key): string[] => {
    const part = partOf(key);
    if (part?.name === undefined) return [`There is no mapping ${key} that people made.`];
    if (part.connector !== connector) return [`The mapping ${key} belongs to another kind of system.`];
    const of = kind.map((name) => part[name]).join(' ');
    const other = taken.get(of);
    taken.set(of, key);
    if (other !== undefined) return [`${other} and ${key} are for the same records; a system uses one of them.`];
    if (planned.mappings.some((change) => change.key === key)) return [];
    const [problem] = checks.mappingProblems({ key, ...part }, listsAfter(compared));
    return problem === undefined ? [] : [`The mapping ${key} cannot be used: ${problem.message}`];
  });
}

/** Whether a system is to use it. */
const isChosen = ({ published, planned }: Compared, key: string): boolean => {
  const systems = new Map(published.systems);
  for (const { key: system, after } of planned.systems) if (after !== null) systems.set(system, after);
  return [...systems.values()].some(({ mappings = [] }) => mappings.includes(key));
};

/** The innermost rule on a path (`rules.3.rules.0.default`) that stands in the file. */
function ruleAt({ rules }: MappingDefinition, at: string, said: SaidContent) {
  let found: { readonly target: string; readonly of: object } | undefined;
  let here = rules;
  for (const [, index] of at.matchAll(/rules\.(\d+)/g)) {
    const rule = here[Number(index)];
    if (rule === undefined) break;
    if (said.lineOf(rule) !== null) found = { target: rule.target, of: rule };
    here = rule.kind === 'list' ? rule.rules : [];
  }
  return found;
}

/** The value lists as they would be. */
export function listsAfter({ published, planned }: Compared): readonly ValueList[] {
  const lists = new Map(published.valueLists);
  for (const { key, after } of planned.valueLists) {
    if (after === null) lists.delete(key);
    else lists.set(key, after);
  }
  return [...lists].map(([key, list]) => ({ key, ...list }));
}
