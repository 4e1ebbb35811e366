/**
 * Field resolvers without the library's way around them. In: the schema that the library made. Out: nothing; fields of records
 * whose parameters need no conversion (the record, the context, plain arguments, arguments of pages) now call their method
 * directly, because they are called for every record of a page. All others stay as they are.
 */
import { isInputObjectType, getNamedType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { Context } from './context.js';

type Pick = (root: unknown, args: Readonly<Record<string, unknown>>, context: Context) => unknown;
type FieldOf = GraphQLField<unknown, Context, Readonly<Record<string, unknown>>>;
type Param = NonNullable<ReturnType<typeof getMetadataStorage>['fieldResolvers'][number]['params']>[number];

/** How a parameter is found; undefined when the library has to do it. */
function pickOf(param: Param, field: FieldOf): Pick | undefined {
  if (param.kind === 'context' && param.propertyName === undefined) return (_, __, context) => context;
  if (param.kind === 'root' && param.propertyName === undefined) return (root) => root;
  const isPlain = field.args.every(({ type }) => !isInputObjectType(getNamedType(type)));
  if (!isPlain) return undefined;
  if (param.kind === 'args') return (_, args) => args;
  if (param.kind === 'arg' && param.typeOptions.defaultValue === undefined) return (_, args) => args[param.name];
  return undefined;
}

export function callDirectly(schema: GraphQLSchema): void {
  const instances = new Map<unknown, Record<string, unknown>>();
  for (const { target, methodName, schemaName, params, getObjectType, kind } of getMetadataStorage().fieldResolvers) {
    const ofType = getMetadataStorage().objectTypes.find((type) => type.target === getObjectType?.());
    const type = ofType === undefined ? undefined : schema.getType(ofType.name);
    const field = isObjectType(type) ? (type.getFields()[schemaName] as FieldOf | undefined) : undefined;
    if (field === undefined || kind !== 'external' || params === undefined) continue;
    const picks = [...params].sort((a, b) => a.index - b.index).map((param) => pickOf(param, field));
    if (picks.some((pick) => pick === undefined)) continue;
    const made = instances.get(target) ?? new (target as new () => Record<string, unknown>)();
    instances.set(target, made);
    const method = made[methodName] as (...given: unknown[]) => unknown;
    const [first, second, third, ...more] = picks as Pick[];
    if (more.length > 0) continue;
    field.resolve = (root, args, context) =>
      method.call(made, first?.(root, args, context), second?.(root, args, context), third?.(root, args, context));
  }
}
