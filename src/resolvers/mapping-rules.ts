/** Single rules of a draft: saved in place, added, taken out. The whole draft is saved by mappingDraftSave. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Rule } from '../mapping/mapping.js';
import { MappingRuleDeleteInput, MappingRulePayload, MappingRuleSaveInput } from '../schema/mapping-inputs.js';
import type { Context } from './context.js';
import { shownRule, storedRules } from './mapping-shapes.js';
import { mappingOf } from './mappings.js';
import { notedRules } from './noted-rules.js';
import { refusal, userError } from './user-errors.js';

/** Indexes of `rules.3.rules.0`; null when it is no such place. */
function placesOf(at: string): readonly number[] | null {
  if (!/^rules\.\d{1,4}(\.rules\.\d{1,4})*$/.test(at)) return null;
  return at
    .split('.')
    .filter((_, index) => index % 2 === 1)
    .map(Number);
}

/** The rules with those at a place made into others; null when there is none at that place. */
function changedAt(
  rules: readonly Rule[],
  [index = 0, ...inner]: readonly number[],
  change: (rule: Rule) => readonly Rule[],
): readonly Rule[] | null {
  const rule = rules[index];
  if (rule === undefined) return null;
  if (inner.length === 0) return [...rules.slice(0, index), ...change(rule), ...rules.slice(index + 1)];
  const below = rule.kind === 'list' ? changedAt(rule.rules, inner, change) : null;
  if (below === null) return null;
  return [...rules.slice(0, index), { ...rule, rules: below } as Rule, ...rules.slice(index + 1)];
}

type Edit = (rules: readonly Rule[]) => { readonly rules: readonly Rule[]; readonly at: string | null } | string;

async function edited(
  context: Context,
  action: string,
  { mappingId, expectedRevision }: { readonly mappingId: string; readonly expectedRevision: number },
  edit: Edit,
): Promise<MappingRulePayload> {
  const refused = (userErrors: MappingRulePayload['userErrors']): MappingRulePayload => ({
    ...{ mapping: null, rule: null },
    userErrors,
  });
  const mapping = await mappingOf(context, mappingId);
  if (mapping === null) return refused([userError('NOT_FOUND', `There is no mapping ${mappingId}.`, ['mappingId'])]);
  const { definition } = mapping.draft;
  const made = edit(definition.rules);
  if (typeof made === 'string') return refused([userError('NOT_FOUND', made, ['at'])]);
  try {
    // The draft that was read is the one that is replaced: another revision is refused.
    const change = { rules: made.rules, includeWhen: definition.includeWhen ?? null };
    await context.commands.mappings.saveDraft({ id: mapping.key, expectedRevision }, change);
  } catch (thrown) {
    return refused([refusal(thrown, ['expectedRevision'])]);
  }
  const now = await mappingOf(context, mappingId);
  const noted = now === null ? {} : notedRules(context, mapping, now, 'draft');
  await context.audit(action, mapping.id, { mapping: mapping.key, at: made.at, ...noted });
  const rule = made.at === null ? null : made.rules[Number(made.at.split('.')[1])];
  const shown = rule == null || made.at === null ? null : ruleAt(rule, made.at);
  return { mapping: now, rule: shown, userErrors: [] };
}

function ruleAt(rule: Rule, at: string) {
  const [, ...inner] = placesOf(at) ?? [];
  const found = inner.reduce<Rule | undefined>((each, index) => (each?.kind === 'list' ? each.rules[index] : undefined), rule); // prettier-ignore
  return found === undefined ? null : shownRule(found, at);
}

const noRule = (at: string): string => `The draft has no rule ${at}.`;

@Resolver()
export class MappingRuleResolver {
  @Mutation(() => MappingRulePayload, {
    description: 'Replaces one rule of the draft or adds one; what is wrong with the draft stands in `problems`.',
  })
  mappingRuleSave(@Arg('input', () => MappingRuleSaveInput) input: MappingRuleSaveInput, @Ctx() context: Context) {
    const [rule] = storedRules([input.rule]);
    return edited(context, 'mappingRuleSave', input, (rules) => {
      if (input.at == null) {
        const index = Math.min(Math.max(input.position ?? rules.length, 0), rules.length);
        return { rules: [...rules.slice(0, index), rule!, ...rules.slice(index)], at: `rules.${index}` };
      }
      const places = placesOf(input.at);
      const changed = places && changedAt(rules, places, () => [rule!]);
      return changed === null ? noRule(input.at) : { rules: changed, at: input.at };
    });
  }

  @Mutation(() => MappingRulePayload, { description: 'Takes one rule out of the draft; those behind it move up.' })
  mappingRuleDelete(
    @Arg('input', () => MappingRuleDeleteInput) input: MappingRuleDeleteInput,
    @Ctx() context: Context,
  ) {
    return edited(context, 'mappingRuleDelete', input, (rules) => {
      const places = placesOf(input.at);
      const changed = places && changedAt(rules, places, () => []);
      return changed === null ? noRule(input.at) : { rules: changed, at: null };
    });
  }
}
