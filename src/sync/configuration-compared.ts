/** What the checks of a plan look at, and how they say what is wrong: at the line of the file at which it stands. Pure. */
import type { Section } from './configuration-file.js';
import type { SaidContent } from './configuration-file-read.js';
import type { PartChange, PlanChecks, PlannedParts, PublishedContent } from './configuration-planned.js';
import type { FileProblem } from './configuration-yaml.js';

export interface Compared {
  readonly said: SaidContent;
  readonly published: PublishedContent;
  readonly planned: PlannedParts;
  readonly checks: PlanChecks;
}

/** Says a problem of one part, at its line. */
export function sayer({ said }: Compared, section: Section, key: string) {
  const part = said[section].get(key);
  return (message: string, more = '', of: object | undefined = part): FileProblem => ({
    line: of === undefined ? null : said.lineOf(of),
    at: `${section}.${key}${more}`,
    message,
  });
}

/** What can only be one thing for as long as it exists. */
export function fixed<T extends object>(
  { before, after }: PartChange<T>,
  names: readonly (keyof T & string)[],
): string[] {
  if (before === null || after === null) return [];
  return names.flatMap((name) =>
    before[name] === after[name]
      ? []
      : `"${name}" is ${String(before[name])} and cannot become ${String(after[name])}.`,
  );
}

export const isKey = (key: string): boolean => /^[a-z0-9][a-z0-9-]{0,62}$/.test(key);
export const badKey = 'A key has small letters, digits and dashes, 1 to 63.';
