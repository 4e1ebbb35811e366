/**
 * Why what a configuration file says of comparisons and alerts cannot be carried out. In: what it says, what is published, what it would
 * change. Out: problems with lines. Secrets of channels are neither in a file nor changed by it, so what needs one that is not here is said.
 */
import { badKey, fixed, isKey, sayer, type Compared } from './configuration-compared.js';
import type { AlertChannelPart, AlertRulePart, Section } from './configuration-file.js';
import type { PartChange } from './configuration-planned.js';
import type { FileProblem } from './configuration-yaml.js';

/** As over the API. */
const mostHours = 720;
const longestName = 100;

export function comparisonProblems(compared: Compared): FileProblem[] {
  return compared.planned.comparisons.flatMap(({ key, after }) => {
    if (after === null) return [];
    const { everyHours } = after;
    const problems = missing(compared, 'flows', [key]);
    if (everyHours !== null && (everyHours < 1 || everyHours > mostHours))
      problems.push('A flow is compared every 1 to 720 hours, or only when somebody asks.');
    return problems.map((message) => sayer(compared, 'comparisons', key)(message));
  });
}

export function alertChannelProblems(compared: Compared): FileProblem[] {
  return compared.planned.alertChannels.flatMap((change) => {
    const { key, after } = change;
    const problems = after === null ? stillUsed(compared, key) : channelProblems(compared, change, after);
    return problems.map((message) => sayer(compared, 'alertChannels', key)(message));
  });
}

export function alertRuleProblems(compared: Compared): FileProblem[] {
  return compared.planned.alertRules.flatMap((change) => {
    const { key, after } = change;
    const problems = after === null ? [] : ruleProblems(compared, change, after);
    return problems.map((message) => sayer(compared, 'alertRules', key)(message));
  });
}

/** Keys that are there or come with the plan. A channel that goes says itself who uses it. */
const keysOf = ({ published, planned }: Compared, section: Section): ReadonlySet<string> =>
  new Set([...published[section].keys(), ...planned[section].map(({ key }) => key)]);

const nothingSuch = {
  flows: (keys: string) => `There is no flow ${keys} here.`,
  systems: (keys: string) => `There is no system ${keys} here.`,
  alertChannels: (keys: string) => `There is no channel ${keys} here.`,
} as const;

function missing(compared: Compared, section: keyof typeof nothingSuch, keys: readonly string[]): string[] {
  const known = keysOf(compared, section);
  const unknown = keys.filter((key) => !known.has(key));
  return unknown.length === 0 ? [] : [nothingSuch[section](unknown.join(', '))];
}

/** As the files of before say it of value lists. */
function stillUsed({ published, planned }: Compared, channel: string): string[] {
  const rules = new Map(published.alertRules);
  for (const { key, after } of planned.alertRules) {
    if (after === null) rules.delete(key);
    else rules.set(key, after);
  }
  const users = [...rules].filter(([, { channels }]) => channels.includes(channel)).map(([key]) => key);
  return users.length === 0 ? [] : [`It is not in the file, but it is used by ${users.join(', ')}.`];
}

function nameProblems(key: string, name: string, isNew: boolean): string[] {
  return [
    ...(isNew && !isKey(key) ? [badKey] : []),
    ...(name.trim() === '' || name.trim().length > longestName ? ['A name has 1 to 100 characters.'] : []),
  ];
}

const secretPlace = 'Where a webhook leads is secret: a file holds only the host, and changes nothing of it.';

function channelProblems(
  { checks }: Compared,
  { key, before }: PartChange<AlertChannelPart>,
  { name, email, webhook, isSigned }: AlertChannelPart,
): string[] {
  const problems = nameProblems(key, name, before === null);
  if (before === null && webhook !== undefined)
    return [`There is no channel ${key} here, and where a webhook leads is secret. Make one of this name first; then import again.`]; // prettier-ignore
  if ((email === undefined) === (webhook === undefined)) problems.push('A channel has one of email and webhook, always the same.'); // prettier-ignore
  if (before !== null && webhook !== before.webhook && email === undefined) problems.push(secretPlace);
  if ((isSigned ?? false) !== (before?.isSigned ?? false)) problems.push(signing(isSigned));
  const wrong = email === undefined || email === before?.email ? undefined : checks.alerts.addressProblem(email);
  return wrong === undefined ? problems : [...problems, wrong];
}

const signing = (isSigned: boolean | undefined): string =>
  isSigned === true
    ? 'Its messages are to be signed, and it has no secret here. Enter one on the page of alerts; then import again.'
    : 'Its messages are signed, and a file does not take the secret away. Take it away on the page of alerts; then import again.';

function ruleProblems(compared: Compared, change: PartChange<AlertRulePart>, after: AlertRulePart): string[] {
  const { key, before } = change;
  if (before === null) {
    const said = compared.said.alertRules.get(key);
    const lacking = (['name', 'kind'] as const).filter((name) => said?.[name] === undefined);
    if (lacking.length > 0) return [`A new rule of alerts needs ${lacking.join(', ')}.`];
  }
  const wrong = compared.checks.alerts.ruleProblem(after);
  return [
    ...fixed(change, ['kind']),
    ...nameProblems(key, after.name, before === null),
    ...missing(compared, 'flows', after.flows),
    ...missing(compared, 'systems', after.systems),
    ...missing(compared, 'alertChannels', after.channels),
    ...(wrong === undefined ? [] : [wrong]),
  ];
}
