/**
 * What the values of a change are made of, for people: the parts of lists and addresses, and the codes in them. In: a change of an event, of a
 * comparison or of an undo. Out: names. Words of the hub are said in every language (sentences.ts); what a system lists itself is asked of it, and a
 * system that does not answer only leaves its codes without a name.
 */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Json } from '../base/document.js';
import { fieldAt, namedParts, textsOf, type HeldText } from '../base/field-values.js';
import { ChangedCode, FieldChange } from '../schema/configuration-file.js';
import { FieldImpact } from '../schema/job.js';
import { PreviewChange } from '../schema/mapping-inputs.js';
import { ReconciliationChange } from '../schema/reconciliation.js';
import { RecordFieldPart } from '../schema/record-field.js';
import { DeadLetter } from '../schema/sync-event.js';
import { UndoChange } from '../schema/undo.js';
import { typeOfId } from '../schema/syncable.js';
import type { SpokenNames, SpokenOf } from '../sync/spoken-names.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';

const description =
  'Of fields of a record: what the values are made of, parts of parts too (`data.vatCode`), as far as people have a name for it.';

function partsAt(path: string, about: SpokenOf | undefined, context: Context): readonly RecordFieldPart[] {
  const field = about === undefined ? undefined : fieldAt(path, context.commands.names.kinds(about));
  return field === undefined ? [] : namedParts(field);
}

interface Valued {
  readonly path: string;
  readonly about?: SpokenOf | undefined;
  readonly before: Json;
  readonly after: Json;
}

/** The texts of both values, each once, and what their system says of its codes; none of what is in the words of the hub. */
function codesIn({ path, about, before, after }: Valued, { commands: { names } }: Context) {
  const words = about?.system == null || about.isOurs === true ? undefined : names.codes(about.system);
  const field = words === undefined ? undefined : fieldAt(path, names.kinds(about!));
  const texts = field === undefined ? [] : [before, after].flatMap((value) => textsOf(field, value));
  return { words, texts: [...new Map(texts.map((held) => [`${held.field.name} ${held.text}`, held])).values()] };
}

function wordOf(
  words: ReturnType<SpokenNames['codes']>,
  { field: { name, values }, text }: HeldText,
): ChangedCode | null {
  const word = values?.includes(text) === true ? words?.fixed[text] : undefined;
  return word === undefined ? null : { field: name, code: text, name: word, recordId: null, isOurs: true };
}

/** The record that a text of a system names, where whoever asks may see such records. */
async function recordOf(
  about: SpokenOf | undefined,
  { field: { name, type, entity, use }, text }: HeldText,
  { reads, caller }: Context,
): Promise<ChangedCode | null> {
  if (about?.system == null || type !== 'reference' || entity === undefined || use === 'key') return null;
  const recordId = await reads.recordNamed(about.system, entity, text);
  return recordId === null || !accessOfType(caller, typeOfId(recordId))
    ? null
    : { field: name, code: text, name: text, recordId, isOurs: false };
}

@Resolver(() => FieldChange)
export class FieldChangeResolver {
  @FieldResolver(() => [RecordFieldPart], { description })
  parts(@Root() { path, about }: FieldChange, @Ctx() context: Context) {
    return partsAt(path, about, context);
  }

  @FieldResolver(() => [ChangedCode], {
    description:
      'Of what was written to a system: the codes of that system in both values, with what people call them there. Asks the system, so ask for it apart.',
  })
  async codes(@Root() change: FieldChange, @Ctx() context: Context): Promise<ChangedCode[]> {
    const { words, texts } = codesIn(change, context);
    const listedIn = async (held: HeldText): Promise<ChangedCode | null> => {
      const record = await recordOf(change.about, held, context);
      if (record !== null) return record;
      const { field, text } = held;
      const list = words?.listed[field.name];
      const answers = list === undefined ? [] : await context.commands.codeChoices.of(list);
      const codes = answers.flatMap(({ systemKey, codes: all }) => (systemKey === change.about?.system ? all : []));
      const name = codes.find(({ value }) => value === text)?.name ?? text;
      return name === text ? null : { field: field.name, code: text, name, recordId: null, isOurs: false };
    };
    const found = await Promise.all(texts.map(async (held) => wordOf(words, held) ?? listedIn(held)));
    return found.filter((each) => each !== null);
  }
}

@Resolver(() => ReconciliationChange)
export class ReconciliationChangeResolver {
  @FieldResolver(() => [ChangedCode], {
    description:
      'The codes of the system in both values of which the hub knows what they mean: its words, and its records by their ids there. No system is asked.',
  })
  async codes(@Root() change: ReconciliationChange, @Ctx() context: Context): Promise<ChangedCode[]> {
    const { words, texts } = codesIn(change, context);
    const found = await Promise.all(
      texts.map(async (held) => wordOf(words, held) ?? recordOf(change.about, held, context)),
    );
    return found.filter((each) => each !== null);
  }

  @FieldResolver(() => [RecordFieldPart], { description })
  parts(@Root() { path, about }: ReconciliationChange, @Ctx() context: Context) {
    return partsAt(path, about, context);
  }
}

@Resolver(() => PreviewChange)
export class PreviewChangeResolver {
  @FieldResolver(() => [ChangedCode], {
    description: 'The codes in both values of which the hub knows what they are called; no system is asked.',
  })
  codes(@Root() change: PreviewChange, @Ctx() context: Context): ChangedCode[] {
    const { words, texts } = codesIn(change, context);
    return texts.flatMap((held) => wordOf(words, held) ?? []);
  }

  @FieldResolver(() => [RecordFieldPart], { description })
  parts(@Root() { path, about }: PreviewChange, @Ctx() context: Context) {
    return partsAt(path, about, context);
  }
}

@Resolver(() => FieldImpact)
export class FieldImpactResolver {
  @FieldResolver(() => [RecordFieldPart], { description })
  parts(@Root() { field, about }: FieldImpact, @Ctx() context: Context) {
    return partsAt(field, about, context);
  }
}

/** The record that was to be written is the one of the hub. */
export const aboutValue = ({ entityName, systemKey, stage }: DeadLetter): SpokenOf => ({
  entity: entityName,
  system: systemKey,
  isOurs: stage === 'project',
});

@Resolver(() => DeadLetter)
export class ProblemValueResolver {
  @FieldResolver(() => [RecordFieldPart], { description })
  valueParts(@Root() problem: DeadLetter, @Ctx() context: Context) {
    return problem.sourcePath === null ? [] : partsAt(problem.sourcePath, aboutValue(problem), context);
  }
}

@Resolver(() => UndoChange)
export class UndoChangeResolver {
  @FieldResolver(() => [RecordFieldPart], { description })
  parts(@Root() { path, about }: UndoChange, @Ctx() context: Context) {
    return partsAt(path, about, context);
  }
}
