/**
 * Rules of the graph as functions from a schema to sentences: names, Relay's connections, the shape of mutations, descriptions
 * and deprecations. Written here on graphql-js alone: the linter plugin for it needs packages that do not run on Node 20.
 */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

const own = (schema: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

interface Part {
  readonly name: string;
  readonly where: string;
  readonly type?: string;
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}

type Fields = readonly (readonly [type: GraphQLNamedType, field: GraphQLField<unknown, unknown>])[];

const outputFields = (schema: GraphQLSchema): Fields =>
  own(schema).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).map((field) => [type, field] as const)
      : [],
  );

/** Fields, fields of inputs and arguments. */
function members(schema: GraphQLSchema): Part[] {
  const fields = outputFields(schema).flatMap(([type, field]): Part[] => {
    const where = `${type.name}.${field.name}`;
    const args = field.args.map((arg) => ({ ...arg, where: `${where}(${arg.name})`, type: String(arg.type) }));
    return [{ ...field, where, type: String(field.type) }, ...args];
  });
  const inputs = own(schema).flatMap((type): Part[] =>
    isInputObjectType(type)
      ? Object.values(type.getFields()).map((field) => ({
          ...field,
          where: `${type.name}.${field.name}`,
          type: String(field.type),
        }))
      : [],
  );
  return [...fields, ...inputs];
}

const values = (schema: GraphQLSchema): Part[] =>
  own(schema).flatMap((type) =>
    isEnumType(type) ? type.getValues().map((value) => ({ ...value, where: `${type.name}.${value.name}` })) : [],
  );

export function badNames(schema: GraphQLSchema): string[] {
  const camel = /^[a-z][a-zA-Z0-9]*$/;
  return [
    ...own(schema)
      .filter(({ name }) => !/^[A-Z][a-zA-Z0-9]*$/.test(name))
      .map(({ name }) => `${name}: a type is in PascalCase`),
    ...members(schema)
      .filter(({ name }) => !camel.test(name))
      .map(({ where }) => `${where}: a field or argument is in camelCase`),
    ...members(schema)
      .filter(({ name }) => /^get[A-Z]|^orderBy$/.test(name))
      .map(({ where }) => `${where}: no get…, and sort instead of orderBy`),
    ...outputFields(schema)
      .filter(([, { name, type }]) => getNamedType(type).name === 'Boolean' && !/^(is|has|does|was)[A-Z]/.test(name))
      .filter(([, { name }]) => !thirdPerson.test(name))
      .map(([type, { name }]) => `${type.name}.${name}: a boolean says is… or has…`),
    ...values(schema)
      .filter(({ name }) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name))
      .map(({ where }) => `${where}: a value of an enum is in UPPER_CASE`),
  ];
}

/** Verbs read as well as is… and has…: `tracksStock`, `updateExisting`. */
const thirdPerson = /^(tracks|prices|create|update|use|on|used)[A-Z]/;

/** Relay's cursor connections, with `nodes` and `totalCount` beside them. */
export function badConnections(schema: GraphQLSchema): string[] {
  const typeOf = (type: GraphQLNamedType | undefined, field: string): string =>
    isObjectType(type) ? String(type.getFields()[field]?.type ?? 'missing') : 'missing';
  const sentences: string[] = [];
  const expectType = (name: string, field: string, wanted: RegExp): void => {
    const found = typeOf(schema.getType(name), field);
    if (!wanted.test(found)) sentences.push(`${name}.${field} is ${found}`);
  };
  for (const { name } of own(schema).filter((type) => type.name.endsWith('Connection'))) {
    const of = name.slice(0, -'Connection'.length);
    expectType(name, 'edges', new RegExp(`^\\[${of}Edge!\\]!$`));
    expectType(name, 'nodes', new RegExp(`^\\[${of}!\\]!$`));
    expectType(name, 'pageInfo', /^PageInfo!$/);
    expectType(name, 'totalCount', /^Count!$/);
    expectType(`${of}Edge`, 'node', new RegExp(`^${of}!$`));
    expectType(`${of}Edge`, 'cursor', /^String!$/);
  }
  for (const field of ['hasNextPage', 'hasPreviousPage']) expectType('PageInfo', field, /^Boolean!$/);
  for (const field of ['startCursor', 'endCursor']) expectType('PageInfo', field, /^String$/);
  for (const [type, field] of outputFields(schema)) {
    if (!getNamedType(field.type).name.endsWith('Connection')) continue;
    const taken = Object.fromEntries(field.args.map((arg) => [arg.name, String(arg.type)]));
    const wanted = { first: 'Int', after: 'String', last: 'Int', before: 'String' };
    for (const [name, wantedType] of Object.entries(wanted)) {
      if (taken[name] !== wantedType)
        sentences.push(`${type.name}.${field.name}(${name}) is ${taken[name] ?? 'missing'}`);
    }
  }
  return sentences;
}

/** One input, one payload of its own, and what a person can correct as data in it. */
export function badMutations(schema: GraphQLSchema): string[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args, type }) => {
    const payload = getNamedType(type);
    const errors = isObjectType(payload) ? String(payload.getFields()['userErrors']?.type) : 'missing';
    return [
      ...(args.length === 1 && /^[A-Z]\w+Input!$/.test(String(args[0]!.type)) && args[0]!.name === 'input'
        ? []
        : [`${name} does not take one input: XInput!`]),
      ...(/^[A-Z]\w+Payload!$/.test(String(type)) ? [] : [`${name} does not give an XPayload!`]),
      ...(errors === '[UserError!]!' ? [] : [`${name}: userErrors is ${errors}`]),
    ];
  });
}

export const undescribed = (schema: GraphQLSchema): string[] => [
  ...own(schema)
    .filter(({ description }) => !description?.trim())
    .map(({ name }) => name),
  ...members(schema)
    .filter(({ description }) => !description?.trim())
    .map(({ where }) => where),
];

/** A deprecation says what to use instead and until when the old way works. */
export const badDeprecations = (schema: GraphQLSchema): string[] =>
  [...members(schema), ...values(schema)]
    .filter(({ deprecationReason }) => deprecationReason !== undefined && deprecationReason !== null)
    .filter(({ deprecationReason }) => !/^.{8,}\. Removed after \d{4}-\d{2}-\d{2}\.$/.test(deprecationReason!))
    .map(({ where, deprecationReason }) => `${where}: deprecated without use and date (${deprecationReason})`);
