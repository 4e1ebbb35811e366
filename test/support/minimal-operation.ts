/** Operations made from the schema: the least that is valid for a root field, and a way from the roots to any type. */
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

const scalars: Readonly<Record<string, string>> = {
  ID: '"x"',
  String: '"x"',
  Int: '1',
  Boolean: 'true',
  Decimal: '"1"',
  DateTime: '"2026-01-01T00:00:00Z"',
  Date: '"2026-01-01"',
  Duration: '"PT1M"',
  JSON: '{}',
  JSONObject: '{}',
  CountryCode: '"NL"',
  CurrencyCode: '"EUR"',
  Locale: '"nl"',
};

function minimalValue(type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (isListType(bare)) return `[${minimalValue(bare.ofType as GraphQLInputType)}]`;
  if (isEnumType(bare)) return bare.getValues()[0]!.name;
  if (isInputObjectType(bare)) {
    const all = Object.values(bare.getFields());
    const fields = bare.isOneOf ? all.slice(0, 1) : all.filter(isRequiredInputField);
    return `{ ${fields.map((field) => `${field.name}: ${minimalValue(field.type)}`).join(', ')} }`;
  }
  const value = scalars[String(bare)];
  if (value === undefined) throw new Error(`no minimal value is known for ${String(bare)}`);
  return value;
}

function called(field: GraphQLField<unknown, unknown>): string {
  const args = field.args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${minimalValue(type)}`);
  return args.length === 0 ? field.name : `${field.name}(${args.join(', ')})`;
}

/** Every root field with an operation that asks for it and for nothing else. */
export function rootOperations(schema: GraphQLSchema): { readonly name: string; readonly text: string }[] {
  const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!];
  return roots.flatMap((root) =>
    Object.values(root.getFields()).map((field) => {
      const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
      return {
        name: `${root.name}.${field.name}`,
        text: `${root.name.toLowerCase()} { ${called(field)}${selection} }`,
      };
    }),
  );
}

const hasLeaf = (field: GraphQLField<unknown, unknown>): boolean =>
  isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument);

/** A query that asks for a field of the type, by the shortest way from the roots. Undefined when there is none. */
export function queryOfType(schema: GraphQLSchema, wanted: GraphQLObjectType): string | undefined {
  const leaf = (type: GraphQLObjectType) => Object.values(type.getFields()).find(hasLeaf)?.name;
  const seen = new Set<string>();
  let ways: { readonly type: GraphQLObjectType; readonly path: readonly string[] }[] = [
    { type: schema.getQueryType()!, path: [] },
  ];
  while (ways.length > 0) {
    const next: typeof ways = [];
    for (const { type, path } of ways) {
      if (type === wanted) {
        const last =
          leaf(type) ?? Object.values(type.getFields()).map((field) => `${called(field)} { __typename }`)[0]!;
        return `{ ${[...path, last].join(' { ')} ${'} '.repeat(path.length)}}`;
      }
      for (const field of Object.values(type.getFields())) {
        const to = getNamedType(field.type);
        if (!isObjectType(to) || seen.has(to.name)) continue;
        seen.add(to.name);
        next.push({ type: to, path: [...path, called(field)] });
      }
    }
    ways = next;
  }
  return undefined;
}

/** Names of the object types that can be reached from a type without passing one of `borders`. */
export function reachable(
  from: GraphQLObjectType,
  borders: ReadonlySet<string>,
  found = new Set<string>(),
): Set<string> {
  for (const field of Object.values(from.getFields())) {
    const to = getNamedType(field.type);
    if (!isObjectType(to) || found.has(to.name) || borders.has(to.name)) continue;
    found.add(to.name);
    reachable(to, borders, found);
  }
  return found;
}
