/**
 * Evaluates claimed rows: loads their canonical documents and references in bulk, maps, and plans each one. In: rows of one
 * target inside a transaction. Out: each row with its plan, or why it has none. Reads only.
 */
import type { Document, Field, Json } from '../base/document.js';
import { isCarriedBy, type ProjectedEntity } from '../canonical/entities.js';
import { stockQuantity, type StockFigures } from '../canonical/stock.js';
import type { MappedRecord } from '../mapping/mapping.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { Tx } from '../store/database.js';
import type { Projection } from '../store/projections.js';
import type { TargetReference } from '../store/target-references.js';
import type { TargetRecord } from '../systems/system.js';
import type { Configuration, ConnectedSystem, Flow, PublishedMapping } from './configuration.js';
import { planRow, type Plan } from './plan.js';
import type { ProjectorStores } from './projector-deps.js';
import { mentionsIn } from './reference-fields.js';

export interface Evaluated {
  readonly row: Projection;
  readonly plan: Plan;
  readonly flow: Flow;
  readonly record: TargetRecord;
  readonly mapping: PublishedMapping;
  readonly reference: TargetReference | undefined;
}

/** A row that cannot be planned with this configuration. */
export interface Unplanned {
  readonly row: Projection;
  readonly reason: string;
  readonly state: 'retrying' | 'excluded';
}

interface Mapped {
  readonly row: Projection;
  readonly flow: Flow;
  readonly record: TargetRecord;
  readonly mapping: PublishedMapping;
  readonly source: CanonicalDocument;
  readonly mapped: MappedRecord;
}

export interface Evaluation {
  readonly evaluated: readonly Evaluated[];
  readonly unplanned: readonly Unplanned[];
}

export async function evaluate(
  stores: Pick<ProjectorStores, 'documents' | 'references'>,
  tx: Tx,
  configuration: Configuration,
  system: ConnectedSystem,
  rows: readonly Projection[],
): Promise<Evaluation> {
  const unplanned: Unplanned[] = [];
  const own = await stores.references.loadTargetReferences(
    tx,
    system.key,
    rows.map((row) => row.canonicalId),
  );
  const mapped: Mapped[] = [];
  for (const entity of new Set(rows.map((row) => row.entity))) {
    const ofEntity = rows.filter((row) => row.entity === entity);
    const documents = await stores.documents.loadDocuments(
      tx,
      entity,
      ofEntity.map((row) => row.canonicalId),
    );
    for (const row of ofEntity) {
      const made = mapOne(configuration, system, row, documents.get(row.canonicalId), own);
      if ('reason' in made) unplanned.push(made);
      else mapped.push(made);
    }
  }
  const references = await loadMentioned(stores, tx, system, mapped, own);
  return { unplanned, evaluated: mapped.map((each) => planOne(system, each, references)) };
}

function mapOne(
  configuration: Configuration,
  system: ConnectedSystem,
  row: Projection,
  source: CanonicalDocument | undefined,
  references: ReadonlyMap<string, TargetReference>,
): Mapped | Unplanned {
  const flow = configuration.flows.find((each) => each.key === row.flow && isCarriedBy(row.entity, each.entity));
  const record = system.connector.targets.find((each) => each.entity === row.entity);
  const mapping = configuration.outbound(system.key, row.entity);
  if (record === undefined) return { row, state: 'excluded', reason: `${system.name} takes no records of this kind.` };
  if (flow === undefined || mapping === undefined) {
    const what = flow === undefined ? 'The flow' : 'The mapping';
    return { row, state: 'retrying', reason: `${what} of this record is not in use yet.` };
  }
  if (source === undefined) return { row, state: 'excluded', reason: 'The record itself has not been read yet.' };
  const operation = references.has(`${row.entity}:${row.canonicalId}`) ? 'update' : 'create';
  const mapped = mapping.compiled.run(withSettings(row.entity, source.document, flow), operation);
  return { row, flow, record, mapping, source, mapped };
}

/** The document with the settings of the flow, and stock with the result of the flow's calculation. */
function withSettings(entity: ProjectedEntity, document: Document, flow: Flow): Document {
  const { country, currency, stockCalculation } = flow.settings;
  const settings = { country, currency };
  if (entity !== 'stock') return { ...document, settings };
  const levels = (document['levels'] as readonly Json[]).map((level) => {
    const figures = level as unknown as StockFigures;
    return { ...(level as Document), quantity: stockQuantity(stockCalculation, figures) };
  });
  return { ...document, settings, levels };
}

const fieldsOf = (system: ConnectedSystem, record: TargetRecord): readonly Field[] =>
  system.connector.catalogue.find((each) => each.record === record.record)?.fields ?? [];

async function loadMentioned(
  stores: Pick<ProjectorStores, 'references'>,
  tx: Tx,
  system: ConnectedSystem,
  mapped: readonly Mapped[],
  own: ReadonlyMap<string, TargetReference>,
): Promise<ReadonlyMap<string, TargetReference>> {
  const ids = new Set<string>();
  for (const { mapped: result, record } of mapped) {
    if (result.type !== 'mapped') continue;
    for (const mention of mentionsIn(result.document, fieldsOf(system, record))) ids.add(mention.canonicalId);
  }
  const mentioned = await stores.references.loadTargetReferences(tx, system.key, [...ids]);
  return new Map([...own, ...mentioned]);
}

function planOne(system: ConnectedSystem, each: Mapped, references: ReadonlyMap<string, TargetReference>): Evaluated {
  const { row, flow, record, mapping, source, mapped } = each;
  const reference = references.get(`${row.entity}:${row.canonicalId}`);
  const plan = planRow({
    row,
    mapped,
    isDeleted: source.isDeleted,
    reference,
    referenceOf: (entity, id) => references.get(`${entity}:${id}`),
    fields: fieldsOf(system, record),
    createOnly: mapping.compiled.createOnly,
    settings: flow.settings,
    hasUniqueKey: record.uniqueKey,
  });
  return { row, plan, flow, record, mapping, reference };
}
