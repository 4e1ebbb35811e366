/** The catalogue of error codes in Dutch and French. A code that lacks its sentences, or is not there any more, does not compile. */
import { frAlerts } from './fr-alerts.js';
import { frApi } from './fr-api.js';
import { frCore } from './fr-core.js';
import { frMapping } from './fr-mapping.js';
import { frLog } from './fr-log.js';
import { frPeople } from './fr-people.js';
import { frPlatform } from './fr-platform.js';
import { frRecord } from './fr-record.js';
import { nlAlerts } from './nl-alerts.js';
import { nlApi } from './nl-api.js';
import { nlCore } from './nl-core.js';
import { nlMapping } from './nl-mapping.js';
import { nlLog } from './nl-log.js';
import { nlPeople } from './nl-people.js';
import { nlPlatform } from './nl-platform.js';
import { nlRecord } from './nl-record.js';
import type { Translations } from './translations.js';

const nl: Translations = {
  ...nlCore,
  ...nlApi,
  ...nlMapping,
  ...nlPlatform,
  ...nlPeople,
  ...nlRecord,
  ...nlLog,
  ...nlAlerts,
};
const fr: Translations = {
  ...frCore,
  ...frApi,
  ...frMapping,
  ...frPlatform,
  ...frPeople,
  ...frRecord,
  ...frLog,
  ...frAlerts,
};

export const errorsIn = { nl, fr } as const;
