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

type Path = readonly string[];

/** The object types that queries reach without going through one that is closed, each with the shortest way there. */
function pathsFromQuery(
  schema: GraphQLSchema,
  isClosed: (type: string) => boolean,
): ReadonlyMap<GraphQLObjectType, Path> {
  const paths = new Map<GraphQLObjectType, Path>([[schema.getQueryType()!, []]]);
  // A map gives what is added while it is gone through.
  for (const [type, path] of paths) {
    for (const field of Object.values(type.getFields())) {
      const to = getNamedType(field.type);
      if (isObjectType(to) && !paths.has(to) && !isClosed(to.name)) paths.set(to, [...path, called(field)]);
    }
  }
  return paths;
}

const queryOf = (path: Path): string => `{ ${path.join(' { ')} ${'} '.repeat(path.length - 1)}}`;

/** A query that asks for a field of the type, by the shortest way from the roots. Undefined when there is none. */
export function queryOfType(schema: GraphQLSchema, wanted: GraphQLObjectType): string | undefined {
  const path = pathsFromQuery(schema, () => false).get(wanted);
  if (path === undefined) return undefined;
  const fields = Object.values(wanted.getFields());
  return queryOf([...path, fields.find(hasLeaf)?.name ?? `${called(fields[0]!)} { __typename }`]);
}

/**
 * Queries that come to the type by each field of another type that leads to it, wherever that is reached without going through
 * a closed one, and ask there for the selection: `... on Node { id }`.
 */
export function queriesInto(
  schema: GraphQLSchema,
  wanted: GraphQLObjectType,
  selection: string,
  isClosed: (type: string) => boolean,
): readonly string[] {
  const starts = [...pathsFromQuery(schema, isClosed)].filter(([, path]) => path.length > 0);
  return starts.flatMap(([type, path]) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type) === wanted)
      .map((field) => queryOf([...path, `${called(field)} { ${selection} }`])),
  );
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
