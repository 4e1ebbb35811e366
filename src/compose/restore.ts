/** Checks after a restore, wired: comparing flows, and what people do with a check. That there is one is noticed when the hub starts (`ground.ts`). */
import type { Service } from '../base/lifecycle.js';
import { wasOvertaken } from '../cdc/refusals.js';
import { readWhole } from '../cdc/whole-streams.js';
import { canonicalTopic } from '../log/change-log.js';
import * as numbers from '../store/allocated-numbers.js';
import * as comparisons from '../store/comparisons.js';
import * as heads from '../store/log-heads.js';
import { heldAs } from '../store/projection-observe.js';
import * as names from '../store/record-names.js';
import { finishCheck } from '../store/restore-check-ends.js';
import * as store from '../store/restore-checks.js';
import * as guard from '../store/write-holds.js';
import { lookConsumer } from '../sync/look.js';
import { makeRestoreCheck } from '../sync/restore-check.js';
import { makeRestoreChecks, type RestoreChecks } from '../sync/restored.js';
import type { Ground } from './ground.js';
import type { Pipeline } from './pipeline.js';
import { projectionStores as stores } from './projection-stores.js';

/** The service that compares flows. */
export const composeRestoreCheck = (
  { base, database, configuration, hints, owner }: Ground,
  { ingestBatch }: Pipeline,
): Service =>
  makeRestoreCheck({
    ...base,
    ...{ database, configuration, owner, store, comparisons, readWhole, ingestBatch, wasOvertaken, heldAs, numbers },
    ...{ stores, names, guard, lookConsumer, canonicalTopic, headOf: heads.headOf },
    looked: () => hints.say('project'),
  });

/** What people do with checks. */
export const composeRestoreChecks = ({ database, hints }: Ground): RestoreChecks =>
  makeRestoreChecks({
    database,
    store: { ...store, finishCheck },
    heads,
    canonicalTopic,
    looked: () => hints.say('project'),
  });
