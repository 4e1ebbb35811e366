/** Which characteristics, options and classes of VAT the catalogue uses, and whether an expression could be used. */
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Attribute, AttributeRole } from '../schema/attribute.js';
import { MappingProblem } from '../schema/field-rule.js';
import { ExpressionCheckInput } from '../schema/mapping-inputs.js';
import { TaxClassUse } from '../schema/tax-class.js';
import type { Context } from './context.js';
import { mappingOf } from './mappings.js';
import { shownProblems } from './mapping-shapes.js';

@Resolver()
export class VocabularyResolver {
  @Query(() => [Attribute], { description: 'Characteristics and options that the catalogue uses.' })
  attributes(
    @Arg('role', () => AttributeRole, { nullable: true, description: 'Only these; all when left out.' })
    role: string | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.attributes(role ?? null);
  }

  @Query(() => [TaxClassUse], { description: 'Classes of VAT that the catalogue uses, with their rates.' })
  taxClasses(@Ctx() { reads }: Context) {
    return reads.taxClasses();
  }

  @Query(() => [MappingProblem], {
    description:
      'What is wrong with an expression as the value of a field of a mapping; empty when nothing is. Saves nothing.',
  })
  async expressionCheck(
    @Arg('input', () => ExpressionCheckInput) { mappingId, expression, target }: ExpressionCheckInput,
    @Ctx() context: Context,
  ) {
    const mapping = await mappingOf(context, mappingId);
    if (mapping === null) return [];
    const { definition } = mapping.draft;
    const others = definition.rules.filter((rule) => rule.target !== target);
    const place = `rules.${others.length}`;
    const problems = context.commands.mappings.problemsOf({
      ...definition,
      rules: [...others, { target, kind: 'expression', expression }],
    });
    return shownProblems(problems.filter(({ at }) => at === place || at.startsWith(`${place}.`)));
  }
}
