/**
 * Executes what prepareOperation has let through, over HTTP. In: a schema. Out: a function that answers an operation; errors are
 * as they were thrown. A compiled document is code that walks its answer, and is kept as long as the document is.
 */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  type NamedTypeNode,
  type TypeNode,
  type VariableDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { KoppelError } from '../base/errors.js';
import type { Context } from '../resolvers/context.js';
import { JsonValue } from '../schema/scalars.js';
import type { PreparedOperation } from './prepare-operation.js';

/** What is needed of a prepared operation. */
export type Executable = Pick<
  PreparedOperation,
  'text' | 'document' | 'operation' | 'operationName' | 'variables' | 'values'
>;

const asItComes: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: JsonValue.name } };
/** Values of these mean the same when they are read again. */
const plainTypes = new Set(['Boolean', 'Int', 'Float', 'String', 'ID']);

const isPlain = (type: TypeNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE
    ? isPlain(type.type)
    : type.kind === Kind.NAMED_TYPE && plainTypes.has(type.name.value);

/**
 * The library's own reading of values does not end on inputs that contain themselves, as filters do. Values have been read
 * by then, defaults included, so compiled code takes them as they come.
 */
const withValuesAsTheyCome = (document: DocumentNode): DocumentNode =>
  visit(document, {
    // A default decides whether a value may stand where one is needed.
    VariableDefinition: ({ kind, variable, type, defaultValue }): VariableDefinitionNode =>
      isPlain(type)
        ? { kind, variable, type, ...(defaultValue === undefined ? {} : { defaultValue }) }
        : { kind, variable, type: asItComes },
  });

/** Executes what passed; started before and stopped after. */
export interface Execution {
  start(): Promise<void>;
  stop(): Promise<void>;
  run(prepared: Executable, context: Context): Promise<ExecutionResult>;
}

/**
 * Documents that come again are compiled, which takes some milliseconds once and saves most of the time of every answer. The
 * others, and those that change something, are executed by Apollo Server.
 */
export function makeExecution(schema: GraphQLSchema, compileAfter = 2): Execution {
  const compile = makeCompile(schema);
  const times = new WeakMap<DocumentNode, number>();
  let apollo = makeApollo(schema);
  return {
    start: () => apollo.start(),
    async stop() {
      await apollo.stop();
      // Apollo starts only once; a server that is started again gets another.
      apollo = makeApollo(schema);
    },
    async run(prepared, context) {
      const { document, operation } = prepared;
      const before = times.get(document) ?? 0;
      times.set(document, before + 1);
      const isHot = before >= compileAfter && operation.operation === OperationTypeNode.QUERY;
      const compiled = isHot ? compile(prepared) : null;
      return compiled === null
        ? executeWithApollo(apollo, prepared, context)
        : compiled.query(undefined, context, prepared.values);
    },
  };
}

function makeApollo(schema: GraphQLSchema): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    introspection: true,
    dangerouslyDisableValidation: true,
    persistedQueries: false,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: quiet,
    plugins: [errorsAsThrown],
  });
}

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** By id of the request; Apollo works on a copy of the context. */
const thrown = new Map<string, readonly GraphQLError[]>();

/** Keeps errors as they were thrown: they are masked in one place, whoever executes. */
const errorsAsThrown: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ contextValue, errors }) {
        if (errors !== undefined) thrown.set(contextValue.requestId, errors);
        return Promise.resolve();
      },
    }),
};

async function executeWithApollo(
  apollo: ApolloServer<Context>,
  { text, variables, operationName }: Executable,
  context: Context,
): Promise<ExecutionResult> {
  const { body } = await apollo.executeOperation(
    { query: text, variables, ...(operationName === null ? {} : { operationName }) },
    { contextValue: context },
  );
  if (body.kind !== 'single') throw new KoppelError('UNEXPECTED', { what: 'an answer in parts is not supported' });
  const errors = thrown.get(context.requestId);
  thrown.delete(context.requestId);
  const { data } = body.singleResult;
  return { ...(data === undefined ? {} : { data }), ...(errors === undefined ? {} : { errors }) };
}

/** Gives the compiled document; null when it cannot be compiled, which is found out once. */
function makeCompile(schema: GraphQLSchema): (prepared: Executable) => CompiledQuery | null {
  const known = new WeakMap<DocumentNode, Map<string | null, CompiledQuery | null>>();
  return ({ document, operationName }) => {
    const operations = known.get(document) ?? new Map<string | null, CompiledQuery | null>();
    known.set(document, operations);
    const found = operations.get(operationName);
    if (found !== undefined) return found;
    const made = compileQuery(schema, withValuesAsTheyCome(document), operationName ?? undefined);
    const compiled = isCompiledQuery(made) ? made : null;
    operations.set(operationName, compiled);
    return compiled;
  };
}
