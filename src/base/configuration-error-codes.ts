/** Codes about configuration files; part of the catalogue in error-codes.ts. */
import type { ErrorDefinition } from './error-definition.js';

export const configurationErrorCodes = {
  CONFIGURATION_FILE_REFUSED: {
    class: 'usage',
    message:
      'Nothing of the configuration file was taken over, because of {count} {count|problem|problems}: {problems}',
    hint: 'Correct what is named, look at the plan again, then apply it.',
  },
  CONFIGURATION_PLAN_MISSING: {
    class: 'usage',
    message: 'A configuration file is taken over as a plan that somebody has seen, and none was named.',
    hint: 'Ask for the plan first (isDryRun: true), then send its planHash.',
  },
  CONFIGURATION_PLAN_OUTDATED: {
    class: 'usage',
    message: 'The file would not do what the plan {planHash} says: the file or what is published has changed since.',
    hint: 'Nothing was taken over. Look at the new plan, then send its planHash.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
