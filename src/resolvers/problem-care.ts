/** Who deals with a problem, and what people note about it. Neither changes what becomes of the record. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { scopesOfRole } from '../schema/access.js';
import {
  DeadLetterAnnotateInput,
  DeadLetterAnnotatePayload,
  DeadLettersAssignInput,
  DeadLettersAssignPayload,
} from '../schema/problem-care.js';
import type { UserError } from '../schema/payloads.js';
import type { Context } from './context.js';
import { mostProblems, subjectOf } from './problem-commands.js';
import { userError } from './user-errors.js';

const longestNote = 2_000;
const mostTags = 20;
const longestTag = 50;

@Resolver()
export class ProblemCareResolver {
  @Mutation(() => DeadLettersAssignPayload, { description: 'Says who deals with open problems.' })
  async deadLettersAssign(
    @Arg('input', () => DeadLettersAssignInput) { selection, assigneeId }: DeadLettersAssignInput,
    @Ctx() context: Context,
  ): Promise<DeadLettersAssignPayload> {
    const refuse = (error: UserError) => ({ assignedCount: 0, userErrors: [error] });
    const assignee = assigneeId == null ? null : await context.reads.user(assigneeId);
    if (assigneeId != null && assignee === null) {
      return refuse(userError('NOT_FOUND', `There is no user ${assigneeId}.`, ['assigneeId']));
    }
    if (assignee !== null && !(assignee.isActive && scopesOfRole[assignee.role].includes('REPLAY'))) {
      const message = `${assignee.name} may not deal with problems; choose one of assignees.`;
      return refuse(userError('NOT_ALLOWED', message, ['assigneeId']));
    }
    const ids = await context.reads.openProblemIds(selection, mostProblems);
    if (ids.length === 0) {
      return refuse(userError('NOT_FOUND', 'No open problem is meant by the selection.', ['selection']));
    }
    const assignedCount = await context.commands.assignParked(ids, assignee?.id ?? null);
    await context.audit('deadLettersAssign', subjectOf(ids), { assignee: assignee?.id ?? null, assignedCount });
    return { assignedCount, userErrors: [] };
  }

  @Mutation(() => DeadLetterAnnotatePayload, {
    description: 'Notes something about a problem, or files it under words. What is left out stays as it is.',
  })
  async deadLetterAnnotate(
    @Arg('input', () => DeadLetterAnnotateInput) input: DeadLetterAnnotateInput,
    @Ctx() context: Context,
  ): Promise<DeadLetterAnnotatePayload> {
    const { id } = input;
    const note = input.note === undefined ? undefined : (input.note?.trim() ?? '') || null;
    const tags = input.tags == null ? undefined : [...new Set(input.tags.map((tag) => tag.trim()))];
    const userErrors = problemsOf(note, tags);
    if (userErrors.length > 0) return { deadLetter: null, userErrors };
    const isFound = await context.commands.annotateParked(id, { note, tags });
    if (!isFound) {
      return { deadLetter: null, userErrors: [userError('NOT_FOUND', `There is no problem ${id}.`, ['id'])] };
    }
    await context.audit('deadLetterAnnotate', id, { hasNote: note != null, tags: tags ?? null });
    return { deadLetter: await context.fresh().load.problem.load(id), userErrors: [] };
  }
}

function problemsOf(note: string | null | undefined, tags: readonly string[] | undefined): UserError[] {
  const found: UserError[] = [];
  if ((note ?? '').length > longestNote) {
    found.push(userError('TOO_LONG', `A note has at most ${longestNote} characters.`, ['note']));
  }
  if ((tags ?? []).length > mostTags) {
    found.push(userError('TOO_MANY', `A problem has at most ${mostTags} tags.`, ['tags']));
  }
  if ((tags ?? []).some((tag) => tag === '' || tag.length > longestTag)) {
    found.push(userError('INVALID', `A tag has 1 to ${longestTag} characters.`, ['tags']));
  }
  return found;
}
