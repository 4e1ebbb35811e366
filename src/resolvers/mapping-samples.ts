/** The record on which a mapping is tried, by whatever it was named, and the value lists that it is tried with. */
import type { Document } from '../base/document.js';
import type { ValueListBody } from '../mapping/mapping.js';
import type { MappingPreviewInput } from '../schema/mapping-inputs.js';
import { typeOfId } from '../schema/syncable.js';
import type { Sample } from '../sync/mapping-preview.js';
import type { Context } from './context.js';
import { hiddenRecords, isHidden } from './personal-mappings.js';

type Named = Pick<MappingPreviewInput, 'sample' | 'systemId' | 'operation'>;

/** The record that is meant, or why there is none. */
export async function sampleOf(context: Context, named: Named, entity: string): Promise<Sample | string> {
  const { reads } = context;
  const { sample, systemId } = named;
  const target = systemId == null ? null : ((await reads.system(systemId))?.key ?? null);
  if (sample.payload !== undefined) return pasted(named);
  if (isHidden(context, entity)) return hiddenRecords;
  const { entityId, code, externalId, deadLetterId, syncEventId, testId } = sample;
  if (deadLetterId !== undefined) return ofProblem(context, deadLetterId);
  if (testId !== undefined) {
    const test = await reads.mappingTest(testId);
    if (test === null) return `There is no test ${testId}.`;
    return { type: 'document', document: test.input, operation: test.operation };
  }
  const [canonicalId, otherwise] =
    code !== undefined ? [await reads.recordCalled(entity, code), `There is no record that is called ${code}.`]
    : externalId !== undefined ? [await reads.recordKnownAs(entity, externalId, target), `There is no record that a system knows as ${externalId}.`]
    : syncEventId !== undefined ? [(await reads.event(syncEventId))?.canonicalId ?? null, `There is no record of an event ${syncEventId}.`]
    : [entityId ?? null, `There is no record ${entityId ?? ''}.`]; // prettier-ignore
  const isThere =
    canonicalId !== null && typeOfId(canonicalId) !== undefined && (await reads.node(canonicalId)) !== null;
  return isThere ? { type: 'record', target, canonicalId } : otherwise;
}

function pasted({ sample, operation }: Named): Sample | string {
  const { payload } = sample;
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return 'A record is a group of fields.';
  return { type: 'document', document: payload as Document, operation: operation === 'CREATE' ? 'create' : 'update' };
}

async function ofProblem({ reads }: Context, id: string): Promise<Sample | string> {
  const problem = await reads.load.problem.load(id);
  if (problem === null) return `There is no problem ${id}.`;
  const { document } = problem.payload as { document?: Document };
  if (document !== undefined) return { type: 'document', document, operation: 'create' };
  if (problem.canonicalId === null) return 'The problem has no record.';
  return { type: 'record', target: problem.systemKey, canonicalId: problem.canonicalId };
}

/** Value lists that are tried in place of those in use, by key: as they are being edited, and with entries that are not saved. */
export async function triedLists(
  { reads, commands }: Context,
  { withDraftValueMaps, entries }: Pick<MappingPreviewInput, 'withDraftValueMaps' | 'entries'>,
): Promise<ReadonlyMap<string, ValueListBody>> {
  const tried = new Map(withDraftValueMaps ? await reads.draftLists() : []);
  for (const one of entries ?? []) {
    const list = (await reads.valueLists()).find(({ id, key }) => [id, key].includes(one.valueMapId));
    if (list === undefined) continue;
    const rows = one.entries.map(({ sourceValue, secondKey, targetValue }) => ({
      from: sourceValue,
      ...(secondKey == null ? {} : { secondKey }),
      to: targetValue,
    }));
    tried.set(list.key, commands.valueLists.withEntries(tried.get(list.key) ?? list.published, rows, false));
  }
  return tried;
}
