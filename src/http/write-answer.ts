/**
 * Compiles a query into functions that write its answer as JSON text, without building it as objects first. In: a schema and
 * an operation that is valid for it. Out: a function that gives the text of `data`, or null: what goes wrong is answered by
 * the general execution, which knows what an error makes of the records around it. Resolvers, arguments, fragments and
 * serialisation are those of the schema; resolvers are not told their path.
 */
import {
  defaultFieldResolver,
  getArgumentValues,
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { Context } from '../resolvers/context.js';
import { WrittenRecord, type PlaceToWrite } from '../schema/selection.js';
import { AnswerText, NotWritable, type Run, type Write } from './answer-text.js';
import {
  selectionBelow,
  selectionOf,
  variablesOf,
  type AskedField,
  type AskedSelection,
  type Field,
  type Source,
  type Values,
} from './selections.js';

/** The text of `data`; null when the general execution has to answer. */
export type WriteAnswer = (context: Context, values: Values) => Promise<string | null>;

/** What every function of one compilation needs. */
interface Compilation extends Source {
  readonly operation: OperationDefinitionNode;
  fieldsWithArguments: number;
}

/** Names of the variables on which it depends what is asked for. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const found = new Set<string>();
  visit(document, {
    Directive: ({ arguments: given = [] }) => {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) found.add(value.name.value);
    },
  });
  return [...found];
}

/**
 * Null when the operation is not one that can be written. `conditions`: values of the variables named by conditionsOf; there is
 * an own compilation for each of them.
 */
export function compileAnswer(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  conditions: Values,
): WriteAnswer | null {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;
  const compilation: Compilation = { schema, operation, fragments, conditions, fieldsWithArguments: 0 };
  const root = schema.getQueryType()!;
  let write: Write;
  try {
    const { selectionSet } = operation;
    const collected = collectFields(schema, fragments, conditions, root, selectionSet);
    write = objectOf(compilation, root, selectionOf(compilation, root, collected));
  } catch (error) {
    if (error instanceof NotWritable || error instanceof GraphQLError) return null;
    throw error;
  }
  return async (context, values) => {
    const out = new AnswerText({ context, values, args: [] });
    try {
      write(out, undefined);
    } catch {
      // What was begun before must not fail unseen.
      await Promise.resolve(out.end()).catch(() => undefined);
      return null;
    }
    try {
      return await out.end();
    } catch {
      return null;
    }
  };
}

function valueOf(compilation: Compilation, type: GraphQLOutputType, asked: AskedField): Write {
  if (isNonNullType(type)) {
    const write = presentOf(compilation, type.ofType, asked);
    return (out, value) => {
      if (value === null || value === undefined) throw new NotWritable();
      write(out, value);
    };
  }
  const write = presentOf(compilation, type, asked);
  return (out, value) => {
    if (value === null || value === undefined) out.text += 'null';
    else write(out, value);
  };
}

function presentOf(compilation: Compilation, type: GraphQLNullableType & GraphQLOutputType, asked: AskedField): Write {
  if (isListType(type)) return listOf(valueOf(compilation, type.ofType, asked));
  if (isLeafType(type)) return leafOf(type);
  if (isAbstractType(type)) return abstractOf(compilation, type, asked);
  if (isObjectType(type) && asked.below !== null) return objectOf(compilation, type, asked.below);
  throw new NotWritable();
}

function listOf(write: Write): Write {
  return (out, values) => {
    if (!Array.isArray(values)) throw new NotWritable();
    out.text += '[';
    for (let i = 0; i < values.length; i++) {
      if (i > 0) out.text += ',';
      out.put(values[i], write);
    }
    out.text += ']';
  };
}

function leafOf(type: GraphQLLeafType): Write {
  return (out, value) => {
    const text = JSON.stringify(type.serialize(value)) as string | undefined;
    if (text === undefined) throw new NotWritable();
    out.text += text;
  };
}

/** Which type a record has is known when it is there. */
function abstractOf(compilation: Compilation, type: GraphQLAbstractType, { nodes }: AskedField): Write {
  const { schema } = compilation;
  const known = new Map<string, Write>();
  for (const possible of schema.getPossibleTypes(type)) {
    known.set(possible.name, objectOf(compilation, possible, selectionBelow(compilation, possible, nodes)));
  }
  const { resolveType } = type;
  if (!resolveType) throw new NotWritable();
  return (out, value) => {
    const name = resolveType(value, out.run.context, undefined as never, type);
    const write = typeof name === 'string' ? known.get(name) : undefined;
    if (write === undefined) throw new NotWritable();
    write(out, value);
  };
}

function objectOf(compilation: Compilation, type: GraphQLObjectType, selection: AskedSelection): Write {
  if (type.isTypeOf) throw new NotWritable();
  const writes = selection.fields.map((asked, i) =>
    fieldOf(compilation, type, asked, `${i === 0 ? '' : ','}${JSON.stringify(asked.key)}:`),
  );
  return (out, source) => {
    if (source instanceof WrittenRecord) {
      if (source.selection !== selection) throw new NotWritable();
      out.text += source.text;
      return;
    }
    out.text += '{';
    for (const write of writes) write(out, source);
    out.text += '}';
  };
}

function fieldOf(compilation: Compilation, parent: GraphQLObjectType, asked: AskedField, before: string): Write {
  const { name, field, nodes } = asked;
  if (name === '__typename') {
    const text = `${before}${JSON.stringify(parent.name)}`;
    return (out) => void (out.text += text);
  }
  // What introspection asks is for the general execution.
  if (field === undefined) throw new NotWritable();
  const write = valueOf(compilation, field.type, asked);
  const resolve = field.resolve ?? defaultFieldResolver;
  const info = infoOf(compilation, parent, field, asked, resolve.length > 3);
  if (resolve === defaultFieldResolver && field.args.length === 0) {
    return (out, source) => {
      out.text += before;
      const value = (source as Record<string, unknown>)[name];
      out.put(
        typeof value === 'function' ? defaultFieldResolver(source, {}, out.run.context, info(out.run)) : value,
        write,
      );
    };
  }
  const args = argumentsOf(compilation, field, nodes[0]!);
  return (out, source) => {
    out.text += before;
    out.put(resolve(source, args(out.run), out.run.context, info(out.run)), write);
  };
}

/** Arguments without variables are read once for all, others once for each answer. */
function argumentsOf(compilation: Compilation, field: Field, node: FieldNode): (run: Run) => Record<string, unknown> {
  if (variablesOf(node).length === 0) {
    const constant = getArgumentValues(field, node);
    return () => constant;
  }
  const number = compilation.fieldsWithArguments++;
  return ({ args, values }) => (args[number] ??= getArgumentValues(field, node, values));
}

function infoOf(
  { schema, operation, fragments }: Compilation,
  parentType: GraphQLObjectType,
  { name: fieldName, type: returnType }: Field,
  { nodes: fieldNodes, below: toWrite }: AskedField,
  isWanted: boolean,
): (run: Run) => GraphQLResolveInfo & PlaceToWrite {
  if (!isWanted) return () => undefined as never;
  const path = { prev: undefined, key: fieldName, typename: parentType.name };
  const said = {
    schema,
    operation,
    fragments,
    parentType,
    fieldName,
    returnType,
    fieldNodes,
    path,
    rootValue: undefined,
    toWrite,
  };
  return ({ values }) => ({ ...said, variableValues: values });
}
