/** The statements that the projector, the impact analysis and the preview of mappings work with. */
import * as numbers from '../store/allocated-numbers.js';
import * as audit from '../store/audit.js';
import * as erasures from '../store/erasures.js';
import * as documents from '../store/canonical-documents.js';
import * as configuration from '../store/configuration.js';
import * as merges from '../store/customer-merges.js';
import * as journal from '../store/journal.js';
import * as situations from '../store/order-situations.js';
import * as parked from '../store/parked.js';
import * as claims from '../store/projection-claim.js';
import * as looks from '../store/projection-looks.js';
import * as matches from '../store/projection-match.js';
import * as repairs from '../store/projection-repairs.js';
import * as waits from '../store/projection-waits.js';
import * as projections from '../store/projections.js';
import * as names from '../store/record-names.js';
import * as aliases from '../store/reference-aliases.js';
import * as systemStatus from '../store/system-status.js';
import * as references from '../store/target-references.js';
import * as unmapped from '../store/unmapped-values.js';
import * as guard from '../store/write-holds.js';
import type { ProjectorStores } from '../sync/projector-deps.js';

export const projectionStores = {
  projections,
  claims,
  waits,
  looks,
  documents,
  erasures,
  merges,
  situations,
  references,
  audit,
  configuration,
  guard,
  numbers,
  names,
  aliases,
  matches,
  repairs,
  journal,
  parked,
  unmapped,
  systemStatus,
} satisfies ProjectorStores;
