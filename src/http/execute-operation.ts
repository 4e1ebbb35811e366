/**
 * Executes what prepareOperation has let through. In: a schema. Out: a function that answers an operation. Each document is
 * compiled once into code that walks its answer, and kept as long as the document is.
 */
import {
  Kind,
  visit,
  type DocumentNode,
  type ExecutionResult,
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
export type Executable = Pick<PreparedOperation, 'document' | 'operationName' | 'values'>;
export type ExecuteOperation = (prepared: Executable, context: Context) => Promise<ExecutionResult>;

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
    VariableDefinition: ({ kind, variable, type }): VariableDefinitionNode => ({
      kind,
      variable,
      type: isPlain(type) ? type : asItComes,
    }),
  });

export function makeExecuteOperation(schema: GraphQLSchema): ExecuteOperation {
  const known = new WeakMap<DocumentNode, Map<string | null, CompiledQuery>>();

  function compiled({ document, operationName }: Executable): CompiledQuery {
    const operations = known.get(document) ?? new Map<string | null, CompiledQuery>();
    known.set(document, operations);
    const found = operations.get(operationName);
    if (found !== undefined) return found;
    const made = compileQuery(schema, withValuesAsTheyCome(document), operationName ?? undefined);
    if (!isCompiledQuery(made)) throw new KoppelError('UNEXPECTED', { what: 'an operation could not be compiled' });
    operations.set(operationName, made);
    return made;
  }

  return async (prepared, context) => compiled(prepared).query(undefined, context, prepared.values);
}
