/** Carries one plan out, into the work of the round: the change of the row, waits, problems, steps, the intent of a write. */
import { contentHash } from '../base/content-hash.js';
import { derivedKey } from '../base/ids.js';
import type { Projection } from '../store/projections.js';
import type { HeldRecord } from '../systems/system.js';
import { waitingSentence } from './called-by.js';
import { pick, unclear } from './difference.js';
import { matchKeyOf } from './match-key.js';
import type { PlannedWrite } from './planned-write.js';
import { everyItem, fingerprintOf, toParked } from './problem.js';
import type { Evaluated } from './project-evaluate.js';
import { changeOf, entryOf, traceOf, type Work } from './project-work.js';
import { causeOf } from './suspend-flow.js';

export function carryOut(work: Work, each: Evaluated): void {
  const { row, plan, reference, mapping } = each;
  const externalId = reference?.externalId ?? null;
  switch (plan.type) {
    case 'write':
      return intend(work, each, plan);
    case 'in_sync': {
      const { wanted, held } = plan;
      work.resolved.push(row);
      work.changes.push(
        changeOf(row, {
          state: 'in_sync',
          externalId,
          wanted,
          wantedHash: contentHash(wanted),
          held,
          drifted: [],
          mappingVersion: mapping.version,
        }),
      );
      return;
    }
    case 'verify':
      // Shown while it was being written: what the target holds now is found by looking.
      work.changes.push(
        changeOf(row, {
          state: 'in_doubt',
          externalId,
          nextInMs: 0,
          drifted: row.drifted.filter((field) => field !== unclear),
        }),
      );
      return;
    case 'waiting': {
      const awaited = plan.missing.map(({ entity, canonicalId, use }) => ({
        entity,
        canonicalId,
        needsKey: use === 'key',
        // An order may have a default customer to fall back on, and names a company without its contact.
        orUnusable:
          entity === 'contact' || (entity === 'customer' && each.flow.settings.order.defaultCustomer !== null),
      }));
      const reason = waitingSentence(plan.missing, work.names);
      work.waits.push({ entity: row.entity, canonicalId: row.canonicalId, awaited });
      work.changes.push(changeOf(row, { state: 'waiting_for', reason, reasonCode: 'MISSING_REFERENCE', externalId }));
      if (row.state !== 'waiting_for') work.journal.push(entryOf(work, row, 'planned', 'waiting', { message: reason }));
      return;
    }
    case 'excluded':
      work.resolved.push(row);
      work.released.push(row);
      work.changes.push(changeOf(row, { state: 'excluded', reason: plan.reason, reasonCode: 'EXCLUDED', externalId }));
      work.journal.push(entryOf(work, row, 'excluded', 'excluded', { message: plan.reason }));
      return;
    case 'parked':
      return park(work, { ...each, plan }, null);
  }
}

/** What a record that is to be made would be matched by in the target; null when nothing hinders another one. */
export function keyOfCreate({ plan, reference, record, matchBy }: Evaluated): string | null {
  if (plan.type !== 'write' || reference !== undefined) return null;
  return matchKeyOf(record, matchBy, plan.document);
}

type ParkedEvaluation = Pick<Evaluated, 'row' | 'unmapped'> & {
  readonly plan: Extract<Evaluated['plan'], { readonly type: 'parked' }>;
  readonly reference: Pick<NonNullable<Evaluated['reference']>, 'externalId'> | undefined;
};

export function park(
  work: Work,
  { row, plan, reference, unmapped }: ParkedEvaluation,
  wanted: PlannedWrite['request']['document'] | null,
): void {
  const { error, problems, trace } = plan;
  const { target } = work;
  const cause = problems.map((problem) => `${problem.code}:${everyItem(problem.path)}:${problem.list ?? ''}`);
  const traceId = traceOf(row);
  work.unmapped.push(...unmapped.map((note) => ({ ...note, traceId })));
  const externalId = reference?.externalId ?? null;
  const fields = { reason: error.message, reasonCode: error.code, externalId };
  const isSuspended = work.suspended.has(row.flow);
  const fingerprint = fingerprintOf({ target, row, error, cause });
  const record = `${row.entity}:${row.canonicalId}`;
  const count = isSuspended ? 0 : work.guard.parks(row.flow, fingerprint, record);
  if (count > 0) work.suspended.set(row.flow, causeOf(error, count));
  if (isSuspended || count > 0) {
    work.changes.push(changeOf(row, { state: 'held', ...fields }));
    return;
  }
  work.changes.push(changeOf(row, { state: 'parked', ...fields, attempt: row.attempt + 1 }));
  work.released.push(row);
  work.parked.push(
    toParked({ target, row, error, wanted, externalId, traceId, cause, ...(trace === undefined ? {} : { trace }) }),
  );
  work.journal.push(
    entryOf(work, row, 'parked', 'parked', {
      code: error.code,
      message: error.message,
      externalId,
      detail: trace === undefined ? null : { trace },
    }),
  );
}

function intend(work: Work, each: Evaluated, plan: Extract<Evaluated['plan'], { readonly type: 'write' }>): void {
  const { row, mapping, reference, record, matchBy, others, isAlsoSource, wholeLists, addedTo } = each;
  const { deps, target } = work;
  const { document, changed, owned, look, repairs, leftAlone = [] } = plan;
  const externalId = reference?.externalId ?? null;
  const sendWithinMs = deps.sendWithinMs ?? 10_000;
  const opKey = derivedKey(target, row.entity, row.canonicalId, String(row.revision + 1));
  const { entity, canonicalId } = row;
  const inFlightMs = work.requestLifeMs + sendWithinMs;
  const sent = externalId === null ? document : pick(document, changed);
  const matchKey = keyOfCreate(each);
  work.intents.push({
    entity,
    canonicalId,
    opKey,
    mappingVersion: mapping.version,
    externalId,
    document: sent,
    inFlightMs,
    matchKey,
  });
  const held = heldOf(row, externalId, reference?.key ?? null);
  const asked = row.wanted !== null && row.hasChanged === false ? document : row.wanted;
  const traceId = traceOf(row);
  work.unmapped.push(...each.unmapped.map((note) => ({ ...note, traceId })));
  work.writes.push({
    target, row, epoch: row.epoch + 1n, owned, others, isAlsoSource, wholeLists, addedTo, look, repairs, leftAlone, traceId, mappingVersion: mapping.version, record, matchBy, matchKey,
    request: { opKey, externalId, document, changed, held, asked, ...doubtOf(work, row) }, sendBefore: work.startedAt + sendWithinMs,
  }); // prettier-ignore
  // After a restore it is only looked for.
  if (look === 'verify') return;
  const outcome = externalId === null ? 'create' : 'update';
  work.journal.push(
    entryOf(work, row, 'intent', outcome, {
      traceId,
      externalId,
      detail: { opKey, changed, mapping: mapping.version, mappingKey: mapping.key, lists: mapping.lists },
    }),
  );
}

function doubtOf({ deps }: Work, { doubtedForMs }: Projection): { readonly doubtedSince?: Date } {
  return doubtedForMs === null ? {} : { doubtedSince: new Date(deps.clock.now().getTime() - doubtedForMs) };
}

/** What the target held when it was last looked at; null = not known. */
export function heldOf({ held }: Projection, externalId: string | null, key: string | null): HeldRecord | null {
  return held === null || externalId === null ? null : { externalId, key, document: held };
}
