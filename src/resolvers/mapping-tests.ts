/** Tests of mappings over the API. */
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Document } from '../base/document.js';
import { Mapping } from '../schema/mapping.js';
import {
  MappingTest,
  MappingTestDeleteInput,
  MappingTestDeletePayload,
  MappingTestSaveInput,
  MappingTestSavePayload,
  MappingTestsRunInput,
  MappingTestsRunPayload,
} from '../schema/mapping-test.js';
import type { MappingWork } from '../sync/mapping-work.js';
import type { Context } from './context.js';
import { storedRules } from './mapping-shapes.js';
import { sampleOf } from './mapping-samples.js';
import { mappingOf } from './mappings.js';
import { hiddenRecords, isHidden } from './personal-mappings.js';
import { refusal, userError } from './user-errors.js';

type Run = Awaited<ReturnType<MappingWork['runTests']>>[number];

const shownTest = ({ id, name, operation, input, expected, actual, isPassed }: Run): MappingTest => ({
  id, name, operation: operation.toUpperCase(), input, expected, actual: actual ?? null, isPassed: isPassed ?? null,
}); // prettier-ignore

@Resolver(() => Mapping)
export class MappingTestResolver {
  @FieldResolver(() => [MappingTest], {
    description:
      'Saved tests, as the draft stands to them; those of customers and orders only for keys with READ_CUSTOMERS.',
  })
  async tests(@Root() { draft }: Mapping, @Ctx() context: Context) {
    if (isHidden(context, draft.definition.entity)) return [];
    return (await context.commands.mappings.runTests(draft.definition)).map(shownTest);
  }

  @Mutation(() => MappingTestSavePayload, { description: 'Saves a record with what the mapping should make of it.' })
  async mappingTestSave(
    @Arg('input', () => MappingTestSaveInput) input: MappingTestSaveInput,
    @Ctx() context: Context,
  ): Promise<MappingTestSavePayload> {
    const { mappings } = context.commands;
    const refused = (message: string, field: string): MappingTestSavePayload => ({
      test: null,
      userErrors: [userError('INVALID', message, [field])],
    });
    const mapping = await mappingOf(context, input.mappingId);
    if (mapping === null) return refused(`There is no mapping ${input.mappingId}.`, 'mappingId');
    if (input.name.trim() === '') return refused('The name must not be empty.', 'name');
    const { definition } = mapping.draft;
    const document = await documentOf(context, input, definition);
    if (typeof document === 'string') return refused(document, 'sample');
    const operation = input.operation === 'CREATE' ? 'create' : 'update';
    const expected = input.expected ?? mappings.outcomeOf(definition, { operation, input: document });
    if (expected === undefined) return refused('The rules cannot be used yet, so say what is expected.', 'expected');
    const name = input.name.trim();
    const id = await mappings.saveTest({ mapping: mapping.key, name, operation, input: document, expected });
    await context.audit('mappingTestSave', id, { mapping: mapping.key, name });
    const test = (await mappings.runTests(definition)).find((each) => each.id === id);
    return { test: test === undefined ? null : shownTest(test), userErrors: [] };
  }

  @Mutation(() => MappingTestsRunPayload, {
    description:
      'Runs the saved tests with rules that are not saved, or with the draft. Those of customers and orders only for keys with READ_CUSTOMERS.',
  })
  async mappingTestsRun(
    @Arg('input', () => MappingTestsRunInput) { mappingId, rules }: MappingTestsRunInput,
    @Ctx() context: Context,
  ): Promise<MappingTestsRunPayload> {
    const refused = (code: 'NOT_FOUND' | 'NOT_ALLOWED', message: string): MappingTestsRunPayload => ({
      tests: [],
      userErrors: [userError(code, message, ['mappingId'])],
    });
    const mapping = await mappingOf(context, mappingId);
    if (mapping === null) return refused('NOT_FOUND', `There is no mapping ${mappingId}.`);
    const { definition } = mapping.draft;
    if (isHidden(context, definition.entity)) return refused('NOT_ALLOWED', hiddenRecords);
    const tried = rules == null ? definition : { ...definition, rules: storedRules(rules) };
    return { tests: (await context.commands.mappings.runTests(tried)).map(shownTest), userErrors: [] };
  }

  @Mutation(() => MappingTestDeletePayload, { description: 'Removes a test.' })
  async mappingTestDelete(
    @Arg('input', () => MappingTestDeleteInput) { id }: MappingTestDeleteInput,
    @Ctx() context: Context,
  ) {
    try {
      await context.commands.mappings.deleteTest(id);
    } catch (thrown) {
      return { deletedId: null, userErrors: [refusal(thrown, ['id'])] };
    }
    await context.audit('mappingTestDelete', id, {});
    return { deletedId: id, userErrors: [] };
  }
}

/** The record that is meant, as the mapping reads it; or why there is none. */
async function documentOf(
  context: Context,
  { sample, operation }: MappingTestSaveInput,
  definition: Mapping['draft']['definition'],
): Promise<Document | string> {
  const found = await sampleOf(context, { sample, operation, systemId: null }, definition.entity);
  if (typeof found === 'string') return found;
  if (found.type === 'document') return found.document;
  const result = await context.commands.mappings.preview({ definition, lists: new Map() }, found);
  if (result.type === 'nothing') return result.message;
  if (result.type === 'invalid') return 'The rules cannot be used yet, so paste a record.';
  return result.preview.source ?? result.preview.reason ?? 'The mapping does not read this record.';
}
