/**
 * From a system's words to drafts of canonical records. In: a change, its connector and the published inbound mapping. Out:
 * drafts, or why there are none. Pure and total: one bad record is a value here, never an exception.
 */
import type { Document, Json } from '../base/document.js';
import { KoppelError, asKoppelError, type ErrorClass } from '../base/errors.js';
import { idPrefixes } from '../base/ids.js';
import { cleanJson, cleanText } from '../canonical/clean-text.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Draft } from '../canonical/identity.js';
import { mentionByMark } from '../canonical/mentions.js';
import { normaliseFields, type FieldProblem } from '../canonical/normalise.js';
import { wordsIn, type Words } from '../canonical/words.js';
import type { Change } from '../log/envelope.js';
import type { CompiledMapping, MappedRecord, RecordProblem, UnmappedNote } from '../mapping/mapping.js';
import type { ConnectedSystem, PublishedMapping } from '../sync/configuration.js';

/** Why a record is parked. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly classification: ErrorClass;
  readonly path: string | null;
  readonly sourcePath: string | null;
  readonly valueList: string | null;
  readonly value: Json;
  readonly original: string | null;
  readonly unmapped: readonly UnmappedNote[];
}

export type Translation =
  | {
      readonly type: 'drafts';
      readonly main: Draft;
      /** Of a product: all its variants; null when the document does not say. */
      readonly variants: readonly Draft[] | null;
      /** What the record is no longer, should it have been that before: another kind of record under the same id. */
      readonly formers: readonly Draft[];
      /** Values that held characters which cannot be stored. */
      readonly cleaned: number;
      /** Codes for which something stands in. */
      readonly unmapped: readonly UnmappedNote[];
      /** In which the system says where an order stands. */
      readonly words: Words;
    }
  /** `called`: by what people know it, when that was understood. */
  | { readonly type: 'excluded'; readonly reason: string; readonly called: string | null }
  | { readonly type: 'failed'; readonly failure: Failure };

export function translate(
  change: Pick<Change, 'record' | 'externalId' | 'document'>,
  entity: CanonicalEntity,
  { key, connector, settings }: Pick<ConnectedSystem, 'key' | 'connector' | 'settings'>,
  mapping: PublishedMapping,
  operation: 'create' | 'update',
): Translation {
  try {
    const mapped = mapping.compiled.run(connector.derive(change.record, change.document, key, settings), operation);
    switch (mapped.type) {
      case 'excluded':
        return { type: 'excluded', reason: mapped.reason, called: null };
      case 'failed':
        return { type: 'failed', failure: mappingFailure(mapped.problems) };
      case 'mapped':
        return toDrafts(entity, change, mapped, mapping.compiled);
    }
  } catch (thrown) {
    return { type: 'failed', failure: failureOf(asKoppelError(thrown)) };
  }
}

function toDrafts(
  entity: CanonicalEntity,
  { externalId, document: record }: Pick<Change, 'externalId' | 'document'>,
  { document, cleared, unmapped }: Extract<MappedRecord, { type: 'mapped' }>,
  mapping: CompiledMapping,
): Translation {
  const main = normaliseFields(entity, document, cleared);
  const problems: FieldProblem[] = [...main.problems];
  let cleaned = main.cleaned;
  let variants: Draft[] | null = null;
  const stated = document['variants'];
  if (entity === 'product' && Array.isArray(stated)) {
    variants = [];
    const seen = new Set<string>();
    for (const [index, item] of (stated as readonly Document[]).entries()) {
      const id = item['externalId'];
      if (typeof id !== 'string' || id === '') {
        problems.push({
          path: `variants.${index}.externalId`,
          message: 'a variant must have an id',
          value: id ?? null,
        });
        continue;
      }
      if (seen.has(id)) continue;
      seen.add(id);
      const normal = normaliseFields('variant', { position: index, ...item, product: externalId }, emptied(item));
      problems.push(...normal.problems.map((problem) => ({ ...problem, path: `variants.${index}.${problem.path}` })));
      cleaned += normal.cleaned;
      variants.push({ entity: 'variant', externalId: cleanText(id), fields: normal.fields, cleared: normal.cleared });
    }
  }
  if (problems.length > 0) return { type: 'failed', failure: fieldFailure(problems, mapping) };
  return {
    type: 'drafts',
    main: {
      entity,
      externalId,
      fields: withMarked(main.fields, document),
      cleared: main.cleared.filter((field) => !notFields.has(field)),
      ...markOf(entity, document),
    },
    variants,
    formers: formersOf(entity, externalId, variants),
    cleaned,
    unmapped: unmapped.map((note) => ({ ...note, value: cleanText(note.value) })),
    words: entity === 'order' ? wordsIn(record, mapping.dependsOn) : {},
  };
}

/**
 * A product that is sold in variants of their own is not sold itself any more, and a variant of another product is no product:
 * what there was of it is switched off.
 */
function formersOf(entity: CanonicalEntity, externalId: string, variants: readonly Draft[] | null): readonly Draft[] {
  if (entity === 'product' && variants === null) {
    return [{ entity: 'variant', externalId, fields: { isActive: false }, cleared: [] }];
  }
  if (entity === 'variant') {
    return [{ entity: 'product', externalId, fields: { status: 'DISCONTINUED' }, cleared: [] }];
  }
  return [];
}

/** What inbound mappings say beside the fields of the record. */
const notFields: ReadonlySet<string> = new Set(['variants', 'hubId', 'settlesMarked']);

/** Another hub's records carry marks too. */
const isMark = (entity: CanonicalEntity, mark: Json | undefined): mark is string =>
  typeof mark === 'string' && mark.startsWith(`${idPrefixes[entity]}_`) && /^\w{30}$/.test(mark);

/** The mark that the record carries, when it has the form of an id of the hub. */
function markOf(entity: CanonicalEntity, document: Document): { hubId?: string } {
  const mark = document['hubId'];
  return isMark(entity, mark) ? { hubId: mark } : {};
}

/** With the orders that an invoice names by the mark of the hub: it may know them before it knows their ids in the system. */
function withMarked(fields: Document, { settlesMarked }: Document): Document {
  const marks = Array.isArray(settlesMarked) ? (settlesMarked as readonly Json[]) : [];
  const marked = marks.filter((mark): mark is string => isMark('order', mark)).map(mentionByMark);
  if (marked.length === 0) return fields;
  return { ...fields, settles: [...((fields['settles'] ?? []) as readonly Json[]), ...marked] };
}

/** Inside a list an empty value stands as null. */
function emptied(item: Document): readonly string[] {
  return Object.keys(item).filter((field) => item[field] === null);
}

function mappingFailure(problems: readonly RecordProblem[]): Failure {
  const unmapped = problems.flatMap((problem) =>
    problem.code === 'UNMAPPED_VALUE' && problem.list !== undefined
      ? [
          {
            list: problem.list,
            value: cleanText(textOf(problem.value)),
            ...(problem.secondKey === undefined ? {} : { secondKey: cleanText(problem.secondKey) }),
          },
        ]
      : [],
  );
  const code = problems.every((problem) => problem.code === 'UNMAPPED_VALUE') ? 'UNMAPPED_VALUE' : 'MAPPING_FAILED';
  const what = problems.map(({ message }) => message).join('; ');
  const [first] = problems;
  return {
    ...failureOf(new KoppelError(code, { what }, first)),
    original: first?.value === undefined ? null : cleanText(textOf(first.value)),
    unmapped,
  };
}

function fieldFailure(problems: readonly FieldProblem[], { dependsOn }: CompiledMapping): Failure {
  const what = problems.map((problem) => `${problem.path}: ${problem.message}`).join('; ');
  const [first] = problems;
  const sources = dependsOn.get(first?.path ?? '') ?? [];
  const place = sources[0] !== undefined && sources.length === 1 ? { sourcePath: sources[0] } : {};
  return {
    ...failureOf(new KoppelError('MAPPING_FAILED', { what }, { ...first, ...place })),
    original: first === undefined ? null : cleanText(textOf(first.value)),
  };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

export function failureOf(error: KoppelError): Failure {
  return {
    code: error.code,
    message: cleanText(error.message),
    hint: error.hint,
    classification: error.class,
    path: error.path ?? null,
    sourcePath: error.sourcePath ?? null,
    value: cleanJson(error.value ?? null),
    valueList: error.list ?? null,
    original: error.original === undefined ? null : cleanText(error.original),
    unmapped: [],
  };
}
