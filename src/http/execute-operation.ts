/**
 * Executes what prepareOperation has let through, over HTTP. In: a schema. Out: a function that answers an operation; errors are
 * as they were thrown. What is compiled of a document is kept as long as the document is.
 */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import {
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { KoppelError } from '../base/errors.js';
import type { Context } from '../resolvers/context.js';
import type { PreparedOperation } from './prepare-operation.js';
import { compileAnswer, conditionsOf, type WriteAnswer } from './write-answer.js';

/** What is needed of a prepared operation. */
export type Executable = Pick<
  PreparedOperation,
  'text' | 'document' | 'operation' | 'operationName' | 'variables' | 'values'
>;

/** What came of an operation; `text` is that of `data`, when nothing went wrong. */
export type Answer = { readonly text: string } | ExecutionResult;

/** Executes what passed; started before and stopped after. */
export interface Execution {
  start(): Promise<void>;
  stop(): Promise<void>;
  run(prepared: Executable, context: Context): Promise<Answer>;
}

/**
 * Queries that come again are compiled, which saves most of the time of every answer. The others, those that change something,
 * and those in which something goes wrong are executed by Apollo Server.
 */
export function makeExecution(schema: GraphQLSchema, compileAfter = 2): Execution {
  const compiled = makeCompiled(schema);
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
      const { document, operation, values } = prepared;
      const before = times.get(document) ?? 0;
      if (before <= compileAfter) times.set(document, before + 1);
      const isHot = before >= compileAfter && operation.operation === OperationTypeNode.QUERY;
      const text = isHot ? await compiled(prepared)?.(context, values) : null;
      return typeof text === 'string' ? { text } : executeWithApollo(apollo, prepared, context);
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
    // Nothing is to come between a field and its resolver.
    plugins: [errorsAsThrown, ApolloServerPluginCacheControlDisabled()],
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

/** With more combinations of conditions than this, a document is left to the general execution. */
const mostCompiled = 16;

/** Gives the compiled operation; null when it cannot be compiled, which is found out once. */
function makeCompiled(schema: GraphQLSchema): (prepared: Executable) => WriteAnswer | null {
  interface Known {
    readonly conditions: readonly string[];
    readonly compiled: Map<string, WriteAnswer | null>;
  }
  const documents = new WeakMap<DocumentNode, Known>();
  return ({ document, operation, operationName, values }) => {
    const known: Known = documents.get(document) ?? { conditions: conditionsOf(document), compiled: new Map() };
    documents.set(document, known);
    const conditions = Object.fromEntries(known.conditions.map((name) => [name, values[name]]));
    const key = JSON.stringify([operationName, conditions]);
    const found = known.compiled.get(key);
    if (found !== undefined) return found;
    if (known.compiled.size >= mostCompiled) return null;
    const made = compileAnswer(schema, document, operation, conditions);
    known.compiled.set(key, made);
    return made;
  };
}
