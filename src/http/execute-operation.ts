/**
 * Executes what prepareOperation has let through. In: a schema. Out: a function that answers an operation. Each document is
 * compiled once into code that walks its answer, and kept as long as the document is.
 */
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { KoppelError } from '../base/errors.js';
import type { Context } from '../resolvers/context.js';
import type { PreparedOperation } from './prepare-operation.js';

/** What is needed of a prepared operation. */
export type Executable = Pick<PreparedOperation, 'document' | 'operationName' | 'variables'>;
export type ExecuteOperation = (prepared: Executable, context: Context) => Promise<ExecutionResult>;

export function makeExecuteOperation(schema: GraphQLSchema): ExecuteOperation {
  const known = new WeakMap<DocumentNode, Map<string | null, CompiledQuery>>();

  function compiled({ document, operationName }: Executable): CompiledQuery {
    const operations = known.get(document) ?? new Map<string | null, CompiledQuery>();
    known.set(document, operations);
    const found = operations.get(operationName);
    if (found !== undefined) return found;
    const made = compileQuery(schema, document, operationName ?? undefined);
    if (!isCompiledQuery(made)) throw new KoppelError('UNEXPECTED', { what: 'an operation could not be compiled' });
    operations.set(operationName, made);
    return made;
  }

  return async (prepared, context) => compiled(prepared).query(undefined, context, prepared.variables);
}
