/**
 * The edge at which sentences become those of the caller's language. In: the schema. Out: nothing; the fields that are listed here
 * now answer in the language of the request. Inside the hub and in the database sentences are English, and a field that nobody
 * asks for costs nothing. Codes and params are the same in every language.
 */
import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { Json } from '../base/document.js';
import { errorCodes, type ErrorCode } from '../base/error-codes.js';
import { nameOfFirstKey } from '../base/first-key.js';
import { isMadeForMachines } from '../base/ids.js';
import type { Language } from '../base/languages.js';
import { eventSentence, kindWord, type EventNames } from '../base/sentences/event-sentence.js';
import { fieldWords, withoutExplanation } from '../base/sentences/field-words.js';
import { mappingName } from '../base/sentences/mapping-name.js';
import { said, saidError, saidLabel, valuesOf } from '../base/sentences/say.js';
import type { Values } from '../base/sentences/template.js';
import type { ChangedCode, FieldChange } from '../schema/configuration-file.js';
import type { Flow } from '../schema/flow.js';
import type { HeldChange } from '../schema/held-run.js';
import type { FieldImpact } from '../schema/job.js';
import type { Mapping } from '../schema/mapping.js';
import type { PreviewChange } from '../schema/mapping-inputs.js';
import type { SourceStatus } from '../schema/order-parts.js';
import type { UserError } from '../schema/payloads.js';
import type { ReconciliationChange } from '../schema/reconciliation.js';
import type { DeadLetter, JourneyStep, SyncError, SyncEvent } from '../schema/sync-event.js';
import type { UndoChange } from '../schema/undo.js';
import type { SpokenOf } from '../sync/spoken-names.js';
import { aboutValue } from './change-values.js';
import type { Context } from './context.js';
import { jobError } from './job-error.js';

type Say = (language: Language, value: unknown, record: never, context: Context) => unknown;

/** A sentence or several; null stays null. */
const sentence: Say = (language, value) =>
  typeof value === 'string' ? said(language, value)
  : Array.isArray(value) ? value.map((each) => said(language, String(each)))
  : value; // prettier-ignore

/** The same, with fields and value lists called as people call them. What it is about, when that is known. */
const plainly =
  <T>(about: (record: T) => SpokenOf): Say =>
  (language, value, record, context) =>
    typeof value === 'string' ? said(language, value, namesFor(language, about(record), context)) : value;

const ofNothing: SpokenOf = { entity: null, system: null };
const aboutIt = plainly(({ about }: { readonly about?: SpokenOf | null }) => about ?? ofNothing);

/** As it is when it is about no record. */
const aboutRecord: Say = (language, value, record: { readonly about?: SpokenOf }, context) =>
  (record.about === undefined ? sentence : aboutIt)(language, value, record as never, context);

const namesFor = (language: Language, of: SpokenOf, { commands: { names } }: Context): EventNames => ({
  field: (path) => fieldWords(language, path, names.kinds(of)),
  list: (key) => names.list(key),
  system: (key) => names.system(key),
});

/** Where a field stands, in words; null when nobody has said what it is called. */
const place =
  <T>(path: (record: T) => string | null, about: (record: T) => SpokenOf): Say =>
  (language, _, record, { commands: { names } }) => {
    const at = path(record);
    return at === null ? null : (fieldWords(language, at, names.kinds(about(record))) ?? null);
  };

const label: Say = (language, value) => (typeof value === 'string' ? saidLabel(language, value) : value);
/** Beside its value there is no room for what explains a name. */
const shortLabel: Say = (language, value) =>
  typeof value === 'string' ? withoutExplanation(saidLabel(language, value)) : value;
/** The names that a system lists are its own. */
const codeName: Say = (language, value, { isOurs }: ChangedCode) =>
  isOurs ? saidLabel(language, String(value)) : value;

/** A refusal of the engine is what went wrong and what to do about it. */
const refusal: Say = (language, value, { reason, params }: UserError, { commands: { names } }) => {
  if (reason === null || !isCode(reason)) return said(language, String(value));
  const { flow, ...values } = params as Values;
  // That a flow is there already is said of its key.
  const called = typeof flow === 'string' && reason !== 'FLOW_EXISTS' ? names.flow(flow) : undefined;
  const { message, hint } = saidError(language, reason, { ...values, flow: called ?? flow });
  return `${message} ${hint}`;
};

const isCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text);
const params: Say = (_, __, { code, message }: SyncError) => valuesOf(code, message);

const event: Say = (language, _, { happened }: SyncEvent, context) =>
  eventSentence(language, happened, namesFor(language, happened, context));
/** Those that people made are called as they said. */
const nameOfMapping: Say = (language, value, { connectorKey, entity, published }: Mapping, { commands: { names } }) => {
  if (typeof value === 'string') return value;
  const { direction, record } = published.definition;
  return mappingName(language, { direction, record, entity, system: names.connector(connectorKey) });
};

/** People name their keys themselves; only one was named by the hub. */
const keyName: Say = (language, value) => (value === nameOfFirstKey ? said(language, nameOfFirstKey) : value);

/** A record that has no name for people is called by its kind. */
const calledOrKind: Say = (language, value, { entity }: SyncEvent) =>
  typeof value === 'string' && (value === '' || isMadeForMachines(value)) ? kindWord(language, entity) : value;
const step: Say = (language, _, { happened }: JourneyStep, context) =>
  happened === null ? null : eventSentence(language, happened, namesFor(language, happened, context));

/** The system's words for a state, each as people call it. */
const stateWords: Say = (language, _, { value, systemKey }: SourceStatus, { commands: { names } }) => {
  const { fixed = {} } = names.codes(systemKey) ?? {};
  const words = value?.split(', ') ?? [];
  if (!words.some((word) => fixed[word] !== undefined)) return null;
  return words.map((word) => saidLabel(language, fixed[word] ?? word)).join(', ');
};

/** Titles and descriptions in a JSON Schema. */
const settingsSchema: Say = (language, value) => (language === 'en' ? value : withLabels(value as Json, language));

function withLabels(value: Json, language: Language): Json {
  if (Array.isArray(value)) return value.map((each: Json) => withLabels(each, language));
  if (typeof value !== 'object' || value === null) return value;
  const say = (name: string, inner: Json): Json =>
    typeof inner === 'string' && (name === 'title' || name === 'description')
      ? saidLabel(language, inner)
      : withLabels(inner, language);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, say(name, inner as Json)]));
}

/** Every field of the graph that speaks to people in sentences of the hub. */
export const spoken: Readonly<Record<string, Say>> = {
  'UserError.message': refusal,
  'SyncEvent.summary': event,
  'SyncEvent.entityLabel': calledOrKind,
  'JourneyStep.message': step,
  'SyncError.message': aboutIt,
  'SyncError.field': place(
    ({ path }: SyncError) => path,
    ({ about }) => about ?? ofNothing,
  ),
  'SyncError.params': params,
  'SyncReason.message': aboutIt,
  'Mapping.name': nameOfMapping,
  'AuditEntry.reason': aboutIt,
  'DeadLetter.hint': sentence,
  'DeadLetter.sourceField': place(({ sourcePath }: DeadLetter) => sourcePath, aboutValue),
  'DeadLetterGroup.title': aboutIt,
  'ReplayPlan.warnings': sentence,
  'BackfillPlan.warnings': sentence,
  'DataIssue.message': sentence,
  'MappingProblem.message': aboutRecord,
  'MappingPreview.reason': sentence,
  'Job.error': jobError,
  'Reconciliation.error': sentence,
  'RestoreCheckFlow.error': sentence,
  'ReconciliationItem.reason': aboutIt,
  'ReconciliationChange.label': place(
    ({ path }: ReconciliationChange) => path,
    ({ about }) => about,
  ),
  'FieldChange.label': place(
    ({ path, about }: FieldChange) => (about === undefined ? null : path),
    ({ about }) => about ?? ofNothing,
  ),
  'PreviewChange.label': place(
    ({ path }: PreviewChange) => path,
    ({ about }) => about,
  ),
  'FieldImpact.label': place(
    ({ field }: FieldImpact) => field,
    ({ about }) => about,
  ),
  'UndoItem.message': sentence,
  'UndoChange.label': place(
    ({ path }: UndoChange) => path,
    ({ about }) => about,
  ),
  'UndoReason.message': sentence,
  'UndoPlan.warnings': sentence,
  'CustomersMergeItem.refusal': sentence,
  'ErasureOutcome.reason': sentence,
  'TrialCause.message': aboutIt,
  'TrialSample.reason': aboutIt,
  'CheckResult.message': sentence,
  'CheckResult.hint': sentence,
  'Schedule.summary': sentence,
  'RunHold.reason': sentence,
  'HeldChange.field': place(
    ({ path }: HeldChange) => path,
    ({ about }) => about,
  ),
  'Alert.title': sentence,
  'Alert.description': aboutIt,
  'AlertChannel.lastError': sentence,
  'AlertNotification.error': sentence,
  'AlertMail.hint': sentence,
  'Flow.name': sentence,
  'ValueMap.name': sentence,
  'CodeChoices.problem': sentence,
  'Flow.stateReason': plainly(({ entity, targetKey }: Flow) => ({ entity, system: targetKey })),
  'System.statusReason': sentence,
  'SyncState.stoppedBecause': sentence,
  'SyncState.failingBecause': sentence,
  'FieldDescriptor.name': shortLabel,
  'FieldDescriptor.label': label,
  'FieldOwner.label': label,
  'FieldProvenance.label': label,
  'RecordField.label': label,
  'ExportColumn.heading': label,
  'RecordFieldPart.label': shortLabel,
  'ChangedCode.name': codeName,
  'ApiKey.name': keyName,
  'PaymentMethod.name': label,
  'ShippingMethod.name': label,
  'PaymentTerm.name': label,
  'OrderAdjustment.label': label,
  'SourceStatus.label': stateWords,
  'Connector.settingsSchema': settingsSchema,
};

/** Lets the fields above speak the language of the caller. */
export function speakTheirLanguage(schema: GraphQLSchema): void {
  for (const [place, say] of Object.entries(spoken)) {
    const [typeName, fieldName] = place.split('.') as [string, string];
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (field !== undefined) field.resolve = speaking(field as GraphQLField<unknown, Context>, say);
  }
}

type Resolve = GraphQLFieldResolver<unknown, Context>;

function speaking({ resolve = defaultFieldResolver }: GraphQLField<unknown, Context>, say: Say): Resolve {
  return (source, args, context, info) => {
    const value: unknown = resolve(source, args, context, info);
    return value instanceof Promise
      ? value.then((found) => say(context.language, found, source as never, context))
      : say(context.language, value, source as never, context);
  };
}
