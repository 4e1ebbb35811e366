/** Trial runs, wired: ingest as the pipeline has it, but whose events, notes and steps go nowhere. */
import { makeIngestBatch } from '../cdc/ingest-batch.js';
import { readForTrial } from '../cdc/trial-reading.js';
import { canonicalTopic } from '../log/change-log.js';
import * as storedConfiguration from '../store/configuration.js';
import * as deferred from '../store/deferred-changes.js';
import * as erased from '../store/erasures.js';
import * as conflicts from '../store/field-conflicts.js';
import * as impacts from '../store/impacts.js';
import * as journal from '../store/journal.js';
import * as parked from '../store/parked.js';
import * as looks from '../store/projection-looks.js';
import { observe } from '../store/projection-observe.js';
import * as projectionRows from '../store/projection-rows.js';
import * as waits from '../store/projection-waits.js';
import * as references from '../store/references.js';
import * as reservations from '../store/reservations.js';
import * as rows from '../store/rows.js';
import * as shown from '../store/shown-statements.js';
import { makeApply } from '../sync/apply.js';
import type { TrialDeps } from '../sync/trial.js';
import type { Ground } from './ground.js';
import { projectionStores as stores } from './projection-stores.js';

export function trialDeps({ base, database, configuration }: Ground): TrialDeps {
  return {
    database,
    configuration,
    clock: base.clock,
    read: readForTrial,
    flows: storedConfiguration,
    looks,
    rows: projectionRows,
    stores,
    callMs: impacts.medianCallMs,
    ingestBy(tried, ears) {
      const apply = makeApply({
        log: { append: () => Promise.resolve() },
        canonicalTopic,
        rows,
        references,
        reservations,
        waits,
        parked: {
          ...parked,
          parkRecords: (tx, records) => {
            ears.parked(records);
            return parked.parkRecords(tx, records);
          },
        },
        unmapped: { countUnmapped: (_, values) => Promise.resolve(ears.unmapped(values)) },
        conflicts,
        journal: { ...journal, appendJournal: () => Promise.resolve() },
      });
      const source = { current: () => tried, onChange: () => () => undefined };
      // It takes minutes and keeps nothing: nobody who erases waits for it.
      const erasures = { ...erased, holdErasures: () => Promise.resolve() };
      return makeIngestBatch({ erasures, references, reservations, rows, conflicts, deferred, shown, configuration: source, apply, observe }); // prettier-ignore
    },
  };
}
