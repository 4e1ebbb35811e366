/** What a configuration file says of alerts and of comparisons that the hub starts by itself, read from its parts. */
import { languages } from '../base/languages.js';
import type { AlertChannelPart, AlertRulePart, ComparisonPart } from './configuration-file.js';
import { said, type Readers } from './configuration-file-readers.js';
import type { Part } from './configuration-yaml.js';

/** All of them, or it does not compile. */
const kinds: Readonly<Record<AlertRulePart['kind'], true>> = {
  LAG: true,
  FAILURE_RATIO: true,
  OPEN_DEAD_LETTERS: true,
  NO_ACTIVITY: true,
  SYSTEM_UNREACHABLE: true,
  CREDENTIALS: true,
  UNMAPPED_VALUES: true,
  FLOW_SUSPENDED: true,
  RUN_HELD: true,
  COMPARISON: true,
};
const severities: Readonly<Record<AlertRulePart['severity'], true>> = {
  INFO: true,
  WARNING: true,
  ERROR: true,
  CRITICAL: true,
};

const wordsOf = <T extends string>(words: Readonly<Record<T, true>>): readonly T[] => Object.keys(words) as T[];

const ofRules = ['name', 'kind', 'severity', 'threshold', 'windowMinutes', 'flows', 'systems', 'channels', 'isEnabled'];

/** A rule of alerts, as far as the file speaks of it. */
export function alertRuleIn(read: Readers, part: Part, at: string): Partial<AlertRulePart> {
  const member = read.members(part, at, ofRules);
  return said<AlertRulePart>({
    name: read.text(member('name'), `${at}.name`),
    kind: read.oneOf(member('kind'), `${at}.kind`, wordsOf(kinds)),
    severity: read.oneOf(member('severity'), `${at}.severity`, wordsOf(severities)),
    threshold: read.whole(member('threshold'), `${at}.threshold`),
    windowMinutes: read.whole(member('windowMinutes'), `${at}.windowMinutes`),
    flows: read.keys(member('flows'), `${at}.flows`),
    systems: read.keys(member('systems'), `${at}.systems`),
    channels: read.keys(member('channels'), `${at}.channels`),
    isEnabled: read.flag(member('isEnabled'), `${at}.isEnabled`),
  });
}

/** A channel, as far as the file speaks of it. */
export function alertChannelIn(read: Readers, part: Part, at: string): Partial<AlertChannelPart> {
  const member = read.members(part, at, ['name', 'email', 'webhook', 'isSigned', 'language']);
  return said<AlertChannelPart>({
    name: read.text(member('name'), `${at}.name`),
    email: read.text(member('email'), `${at}.email`),
    webhook: read.text(member('webhook'), `${at}.webhook`),
    isSigned: read.flag(member('isSigned'), `${at}.isSigned`),
    language: read.oneOf(member('language'), `${at}.language`, languages),
  });
}

/** How often a flow is compared; nothing: only when somebody asks. */
export function comparisonIn(read: Readers, part: Part, at: string): ComparisonPart {
  if (part.text === null && part.items === null && part.members === null) return { everyHours: null };
  const every = read.members(part, at, ['everyHours'])('everyHours');
  return { everyHours: read.whole(every, `${at}.everyHours`) ?? null };
}
