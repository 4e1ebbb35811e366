/** Trial runs, wired; and what they and comparisons take records in with: ingest whose events, notes and steps go nowhere. */
import { makeIngestBatch, type IngestBatch } from '../cdc/ingest-batch.js';
import { readForTrial } from '../cdc/trial-reading.js';
import { canonicalTopic } from '../log/change-log.js';
import type { CanonicalEvent } from '../log/envelope.js';
import * as storedConfiguration from '../store/configuration.js';
import * as deferred from '../store/deferred-changes.js';
import * as erased from '../store/erasures.js';
import * as conflicts from '../store/field-conflicts.js';
import * as impacts from '../store/impacts.js';
import * as journal from '../store/journal.js';
import * as parked from '../store/parked.js';
import * as looks from '../store/projection-looks.js';
import { lockObserved, observe } from '../store/projection-observe.js';
import * as projectionRows from '../store/projection-rows.js';
import * as waits from '../store/projection-waits.js';
import * as references from '../store/references.js';
import * as versions from '../store/reference-versions.js';
import * as reservations from '../store/reservations.js';
import * as rows from '../store/rows.js';
import * as shown from '../store/shown-statements.js';
import { makeApply } from '../sync/apply.js';
import type { Configuration } from '../sync/configuration.js';
import type { TrialDeps, TrialEars } from '../sync/trial.js';
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
    ingestBy: (tried, ears) => undoneIngest(base, tried, { ...ears, events: () => undefined }),
  };
}

/** Hears what ingest would tell the log and people. */
export interface IngestEars extends Partial<Pick<TrialEars, 'unmapped'>>, Pick<TrialEars, 'parked'> {
  readonly events: (events: readonly CanonicalEvent[]) => void;
}

/** Ingest by some configuration whose events, notes and steps go nowhere: for transactions that are undone. */
export function undoneIngest(
  { clock }: Pick<Ground['base'], 'clock'>,
  configuration: Configuration,
  ears: IngestEars,
): IngestBatch {
  const apply = makeApply({
    log: {
      prepare: () => Promise.resolve(),
      append: (_, __, entries) =>
        Promise.resolve(ears.events(entries.map(({ payload }) => payload as unknown as CanonicalEvent))),
    },
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
    unmapped: { countUnmapped: (_, values) => Promise.resolve(ears.unmapped?.(values)) },
    conflicts,
    journal: { ...journal, appendJournal: () => Promise.resolve(), endWithJournal: () => Promise.resolve() },
  });
  const source = { current: () => configuration, onChange: () => () => undefined };
  // Of what keeps nothing nobody who erases has to wait for the end.
  const erasures = { ...erased, holdErasures: () => Promise.resolve() };
  return makeIngestBatch({ clock, versions, erasures, references, reservations, rows, conflicts, deferred, shown, configuration: source, apply, observe, lockObserved }); // prettier-ignore
}
