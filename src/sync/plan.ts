/**
 * What to do about one projection: pure. In: the row, its canonical document as the mapping translated it, the references
 * that exist, the settings of the flow. Out: a plan: write these fields, wait for those records, leave it out, or nothing.
 */
import { KoppelError } from '../base/errors.js';
import type { Document, Field } from '../base/document.js';
import type { MappedRecord, RecordProblem } from '../mapping/mapping.js';
import type { Projection } from '../store/projections.js';
import type { TargetReference } from '../store/target-references.js';
import type { FlowSettings } from './configuration.js';
import { changedFields, pick, unclear } from './difference.js';
import { withNormalDecimals } from './normal-decimals.js';
import { resolveMentions, type Mention } from './reference-fields.js';

export type Plan =
  | {
      readonly type: 'write';
      readonly document: Document;
      readonly changed: readonly string[];
      /** Top-level fields that the hub owns in this record. */
      readonly owned: readonly string[];
      /** Whether to look for the record by its natural key: before a create, or instead of one. */
      readonly look: 'never' | 'first' | 'only';
      readonly repairs: readonly string[];
    }
  | { readonly type: 'in_sync'; readonly wanted: Document; readonly held: Document | null }
  | { readonly type: 'verify' }
  | { readonly type: 'waiting'; readonly missing: readonly Mention[] }
  | { readonly type: 'excluded'; readonly reason: string }
  | { readonly type: 'parked'; readonly error: KoppelError; readonly problems: readonly RecordProblem[] };

export interface PlanInput {
  readonly row: Projection;
  readonly mapped: MappedRecord;
  readonly isDeleted: boolean;
  /** The record's own reference in the target. */
  readonly reference: TargetReference | undefined;
  readonly referenceOf: (entity: string, canonicalId: string) => TargetReference | undefined;
  readonly fields: readonly Field[];
  readonly createOnly: ReadonlySet<string>;
  readonly settings: Pick<FlowSettings, 'createMissing' | 'updateExisting'>;
  readonly hasUniqueKey: boolean;
}

export function planRow(input: PlanInput): Plan {
  const { row, mapped, reference, settings } = input;
  if (reference !== undefined && row.drifted.includes(unclear)) return { type: 'verify' };
  if (mapped.type === 'excluded') return { type: 'excluded', reason: mapped.reason };
  if (mapped.type === 'failed') return parked(mapped.problems);
  if (reference === undefined && input.isDeleted) {
    return { type: 'excluded', reason: 'It was gone from its source before the target had it.' };
  }
  const { document, missing } = resolveMentions(mapped.document, input.fields, (mention) => {
    const found = input.referenceOf(mention.entity, mention.canonicalId);
    return mention.use === 'id' ? found?.externalId : (found?.key ?? undefined);
  });
  if (missing.length > 0) return { type: 'waiting', missing };
  const owned = Object.keys(document).filter((field) => !input.createOnly.has(field));
  if (reference === undefined) {
    const look = settings.createMissing ? (input.hasUniqueKey ? 'never' : 'first') : 'only';
    return { type: 'write', document, changed: Object.keys(document), owned, look, repairs: [] };
  }
  const held = row.held === null ? null : pick(row.held, owned);
  const shown = held === null ? null : withNormalDecimals(held, input.fields);
  const changed = changedFields(document, { wanted: row.wanted, held: shown, drifted: row.drifted });
  if (changed.length === 0) return { type: 'in_sync', wanted: pick(document, owned), held };
  if (!settings.updateExisting) {
    return { type: 'excluded', reason: 'The flow does not update records that the target has already.' };
  }
  const repairs = changed.filter((field) => row.drifted.includes(field));
  return { type: 'write', document, changed, owned, look: 'never', repairs };
}

function parked(problems: readonly RecordProblem[]): Plan {
  const [first] = problems;
  const what = problems.map((problem) => problem.message).join('; ');
  const isUnmapped = problems.some((problem) => problem.code === 'UNMAPPED_VALUE');
  const error = new KoppelError(isUnmapped ? 'UNMAPPED_VALUE' : 'MAPPING_FAILED', { what }, pathOf(first));
  return { type: 'parked', problems, error };
}

const pathOf = (problem: RecordProblem | undefined): { path?: string } =>
  problem === undefined ? {} : { path: problem.path };
