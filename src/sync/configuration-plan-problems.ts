/**
 * Why a configuration file cannot be carried out: all of it, with lines. In: what it says, what is published, what it would change.
 * Out: problems in the order of the file. Pure.
 */
import type { Document } from '../base/document.js';
import { listsOf } from '../mapping/mapping-parts.js';
import { listProblems } from '../mapping/value-list-edit.js';
import type { RefinableEntity } from '../canonical/ownership.js';
import { alertChannelProblems, alertRuleProblems, comparisonProblems } from './configuration-alert-problems.js';
import { badKey, fixed, isKey, sayer, type Compared } from './configuration-compared.js';
import type { FlowPart, SystemPart } from './configuration-file.js';
import { beingEdited, choiceProblems, mappingProblems } from './configuration-mapping-problems.js';
import type { PartChange } from './configuration-planned.js';
import type { FileProblem } from './configuration-yaml.js';
import { shapeProblems } from './flow-setting-shape.js';
import { ownerProblems } from './owner-problems.js';
import { settingProblems } from './setting-problems.js';

export function planProblems(compared: Compared): readonly FileProblem[] {
  const { systems, flows, mappings } = compared.planned;
  const problems = [
    ...systems.flatMap((change) => systemProblems(compared, change)),
    ...flows.flatMap((change) => flowProblems(compared, change)),
    ...fieldOwnerProblems(compared),
    ...mappings.flatMap((change) => mappingProblems(compared, change)),
    ...valueListProblems(compared),
    ...comparisonProblems(compared),
    ...alertChannelProblems(compared),
    ...alertRuleProblems(compared),
  ];
  return problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function systemProblems(compared: Compared, change: PartChange<SystemPart>): FileProblem[] {
  const { key, before, after } = change;
  const say = sayer(compared, 'systems', key);
  if (before === null || after === null)
    return [say(`There is no system ${key} here. Connect it first, with its secrets; then import again.`)];
  const problems = [...fixed(change, ['connector']), ...choiceProblems(compared, after)];
  if (after.name.trim() === '') problems.push('A system has a name.');
  const secrets = secretsOf(compared.checks.connectors.find(({ kind }) => kind === before.connector)?.settingsSchema);
  const named = Object.keys(after.settings).filter((name) => secrets.includes(name));
  if (named.length > 0)
    problems.push(`${named.join(', ')} is secret; a file does not set it. Take it out of the file.`);
  return problems.map((message) => say(message));
}

/** Names of the settings that are never shown. */
export function secretsOf(schema: Document | undefined): readonly string[] {
  const properties = (schema?.['properties'] ?? {}) as Readonly<Record<string, Document>>;
  return Object.keys(properties).filter((name) => properties[name]?.['writeOnly'] === true);
}

/** As over the API: more often would only be load. */
const leastEveryMs = 1_000;

function flowProblems(compared: Compared, change: PartChange<FlowPart>): FileProblem[] {
  const { key, before, after } = change;
  if (after === null) return [];
  const { published, checks, said } = compared;
  const say = sayer(compared, 'flows', key);
  const problems = fixed(change, ['entity', 'source', 'target']);
  if (before === null) {
    const missing = (['name', 'entity', 'source', 'target'] as const).filter(
      (name) => said.flows.get(key)?.[name] === undefined,
    );
    if (missing.length > 0) return [say(`A new flow needs ${missing.join(', ')}.`)];
    if (!isKey(key)) problems.push(badKey);
    const systems = [after.source, after.target].filter((system) => !published.systems.has(system));
    if (systems.length > 0) problems.push(`There is no system ${systems.join(', ')} here.`);
    if (after.source === after.target) problems.push('Source and target are two systems.');
  }
  if (after.name.trim() === '') problems.push('A flow has a name.');
  if (after.pollEveryMs !== before?.pollEveryMs && after.pollEveryMs < leastEveryMs)
    problems.push('A source is looked at once a second at most.');
  const target = published.systems.get(after.target)?.connector;
  const connector = checks.connectors.find(({ kind }) => kind === target);
  const ofSettings = [...shapeProblems(after.settings), ...settingProblems(after.entity, connector, after.settings)];
  return [
    ...problems.map((message) => say(message)),
    ...ofSettings.map(({ message, field }) => say(message, `.settings.${field.join('.')}`)),
  ];
}

/** Of all that the file says of owners: what changes nothing can be wrong too. */
function fieldOwnerProblems(compared: Compared): FileProblem[] {
  const { said, published } = compared;
  return [...said.fieldOwners].flatMap(([key, owners]) => {
    const say = sayer(compared, 'fieldOwners', key);
    const entity = key as RefinableEntity;
    return Object.entries(owners).flatMap(([field, owner]) =>
      ownerProblems({ entity, field, ...owner }, published.systems).map((message) => say(message, `.${field}`, owner)),
    );
  });
}

function valueListProblems(compared: Compared): FileProblem[] {
  const { published, planned, said } = compared;
  const mappings = new Map(published.mappings);
  for (const { key, after } of planned.mappings) if (after !== null) mappings.set(key, after);
  return planned.valueLists.flatMap(({ key, before, after }) => {
    const say = sayer(compared, 'valueLists', key);
    const problems: string[] = [];
    if (published.drafts.has(`valueLists.${key}`)) problems.push(beingEdited);
    if (after === null) {
      const users = [...mappings].filter(([, mapping]) => listsOf(mapping).has(key)).map(([name]) => name);
      if (users.length > 0) problems.push(`It is not in the file, but it is used by ${users.join(', ')}.`);
      return problems.map((message) => say(message));
    }
    if (before === null) {
      const missing = (['name', 'kind'] as const).filter((name) => said.valueLists.get(key)?.[name] === undefined);
      if (missing.length > 0) problems.push(`A new value list needs ${missing.join(', ')}.`);
      if (!isKey(key)) problems.push(badKey);
    }
    if (after.name.trim() === '') problems.push('A value list has a name.');
    return [...problems, ...listProblems(after).map((each) => `${each}.`)].map((message) => say(message));
  });
}
