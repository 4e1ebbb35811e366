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
import type { Language } from '../base/languages.js';
import { eventSentence } from '../base/sentences/event-sentence.js';
import { said, saidError, saidLabel, valuesOf } from '../base/sentences/say.js';
import type { Values } from '../base/sentences/template.js';
import type { UserError } from '../schema/payloads.js';
import type { JourneyStep, SyncError, SyncEvent } from '../schema/sync-event.js';
import type { Context } from './context.js';

type Say = (language: Language, value: unknown, record: never) => unknown;

/** A sentence or several; null stays null. */
const sentence: Say = (language, value) =>
  typeof value === 'string' ? said(language, value)
  : Array.isArray(value) ? value.map((each) => said(language, String(each)))
  : value; // prettier-ignore

const label: Say = (language, value) => (typeof value === 'string' ? saidLabel(language, value) : value);

/** A refusal of the engine is what went wrong and what to do about it. */
const refusal: Say = (language, value, { reason, params }: UserError) => {
  if (reason === null || !isCode(reason)) return said(language, String(value));
  const { message, hint } = saidError(language, reason, params as Values);
  return `${message} ${hint}`;
};

const isCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text);
const params: Say = (_, __, { code, message }: SyncError) => valuesOf(code, message);

const event: Say = (language, _, { happened }: SyncEvent) => eventSentence(language, happened);
const step: Say = (language, _, { happened }: JourneyStep) =>
  happened === null ? null : eventSentence(language, happened);

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
  'JourneyStep.message': step,
  'SyncError.message': sentence,
  'SyncError.params': params,
  'SyncReason.message': sentence,
  'DeadLetter.hint': sentence,
  'DeadLetterGroup.title': sentence,
  'ReplayPlan.warnings': sentence,
  'BackfillPlan.warnings': sentence,
  'DataIssue.message': sentence,
  'MappingProblem.message': sentence,
  'MappingPreview.reason': sentence,
  'Job.error': sentence,
  'TrialCause.message': sentence,
  'TrialSample.reason': sentence,
  'CheckResult.message': sentence,
  'CheckResult.hint': sentence,
  'Schedule.summary': sentence,
  'Flow.name': sentence,
  'ValueMap.name': sentence,
  'CodeChoices.problem': sentence,
  'Flow.stateReason': sentence,
  'System.statusReason': sentence,
  'SyncState.stoppedBecause': sentence,
  'FieldDescriptor.label': label,
  'FieldOwner.label': label,
  'RecordField.label': label,
  'RecordFieldPart.label': label,
  'PaymentMethod.name': label,
  'ShippingMethod.name': label,
  'PaymentTerm.name': label,
  'OrderAdjustment.label': label,
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
      ? value.then((found) => say(context.language, found, source as never))
      : say(context.language, value, source as never);
  };
}
