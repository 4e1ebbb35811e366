/**
 * The one gate of both transports. In: what a client sent, and who it is. Out: an operation that may be executed, with what
 * it costs, or errors that say what is wrong and where. Order: text, shape, validity, access, values, cost, budget.
 */
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { KoppelError } from '../base/errors.js';
import { defaultLanguage, type Language } from '../base/languages.js';
import { checkAccess, fieldsWithAccess, type FieldAccess } from '../resolvers/document-access.js';
import type { Caller } from '../security/caller.js';
import { askedFields } from './asked-fields.js';
import { budgetLimit, restoreRate, type Budget } from './budget.js';
import { graphError } from './graph-errors.js';
import { checkShape, limits, makeCost } from './operation-limits.js';
import { badText } from './request-values.js';
import { withDocument, type TrustedDocuments } from './trusted-documents.js';

export interface OperationRequest {
  readonly query: unknown;
  /** Of a trusted document, instead of the text. */
  readonly documentId?: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
}

export interface PreparedOperation {
  readonly text: string;
  readonly document: DocumentNode;
  /** Fields and types, anywhere in the document. */
  readonly asked: ReadonlySet<string> | null;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
  /** As they were sent. */
  readonly variables: Record<string, unknown>;
  /** As resolvers get them. */
  readonly values: Record<string, unknown>;
  readonly cost: {
    readonly requested: number;
    readonly remaining: number;
    readonly restoreRate: number;
    readonly limit: number;
  };
}

/** Why an operation is not executed. */
export class OperationRefused extends Error {
  constructor(
    readonly errors: readonly GraphQLError[],
    readonly retryAfterMs?: number,
  ) {
    super(errors[0]?.message ?? 'refused');
    this.name = 'OperationRefused';
  }
}

/** `address`: where the request comes from, for the budget; `language`: of refusals. */
export type PrepareOperation = (
  request: OperationRequest,
  caller: Caller,
  address: string,
  language?: Language,
) => PreparedOperation;

/** A document that is valid, with what of the checks does not depend on who asks and with which values. */
interface KnownDocument {
  readonly document: DocumentNode;
  readonly asked: ReadonlySet<string> | null;
  readonly fields: readonly FieldAccess[];
  readonly cost: (operation: OperationDefinitionNode, variables: Record<string, unknown>) => number;
}

const mayIntrospect = (caller: Caller): boolean => caller.role === 'ADMIN' || caller.role === 'EDITOR';
const remembered = 500;
const rememberedLength = 20_000;

export function makePrepareOperation(deps: {
  readonly schema: GraphQLSchema;
  readonly budget: Budget;
  readonly trustedDocuments: TrustedDocuments;
}): PrepareOperation {
  const { schema, budget } = deps;
  const known = new Map<string, KnownDocument>();

  function validDocument(text: string, caller: Caller): KnownDocument {
    const key = `${mayIntrospect(caller) ? 'i' : '-'}${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const document = parsed(text);
    checkShape(document);
    const rules = mayIntrospect(caller) ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const errors = validate(schema, document, rules, { maxErrors: 20 });
    if (errors.length > 0) throw new OperationRefused(errors.map((error) => invalid(error, caller)));
    const asked = askedFields(schema, document);
    const checked = { document, asked, fields: fieldsWithAccess(schema, document), cost: makeCost(schema, document) };
    if (known.size >= remembered) known.delete(known.keys().next().value!);
    if (text.length <= rememberedLength) known.set(key, checked);
    return checked;
  }

  function prepare(request: OperationRequest, caller: Caller, address: string): PreparedOperation {
    const { text, variables, operationName } = wellFormed(request);
    const { document, asked, fields, cost } = validDocument(text, caller);
    const operation = chosen(document, operationName);
    checkAccess(fields, caller);
    const values = coerced(schema, operation, variables);
    const requested = cost(operation, variables);
    if (requested > limits.cost) throw new KoppelError('QUERY_TOO_EXPENSIVE', { cost: requested, limit: limits.cost });
    const remaining = budget.take(caller.actorId, address, requested);
    return {
      text,
      document,
      asked,
      operation,
      operationName,
      variables,
      values,
      cost: { requested, remaining, restoreRate, limit: budgetLimit },
    };
  }

  return (request, caller, address, language = defaultLanguage) => {
    try {
      return prepare(withDocument(request, caller, deps.trustedDocuments), caller, address);
    } catch (thrown) {
      if (thrown instanceof KoppelError)
        throw new OperationRefused([graphError(thrown, language)], thrown.retryAfterMs);
      throw thrown;
    }
  };
}

function wellFormed({ query, variables, operationName }: OperationRequest) {
  if (typeof query !== 'string' || query.trim() === '') {
    throw new KoppelError('BAD_INPUT', { where: 'query', what: 'it must be the text of an operation' });
  }
  if (variables !== undefined && variables !== null && (typeof variables !== 'object' || Array.isArray(variables))) {
    throw new KoppelError('BAD_INPUT', { where: 'variables', what: 'it must be an object' });
  }
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw new KoppelError('BAD_INPUT', { where: 'operationName', what: 'it must be text' });
  }
  const given = (variables ?? {}) as Record<string, unknown>;
  const bad = badText(given, ['variables'], limits.variableDepth);
  if (bad !== null) throw new KoppelError('BAD_INPUT', bad);
  return { text: query, variables: given, operationName: operationName ?? null };
}

function parsed(text: string): DocumentNode {
  try {
    const document = parse(text, { maxTokens: limits.tokens });
    visit(document, {
      StringValue: (node) => {
        const bad = badText(node.value, [`line ${node.loc?.startToken.line ?? 0}`], 1);
        if (bad !== null) throw new KoppelError('BAD_INPUT', bad);
      },
    });
    return document;
  } catch (thrown) {
    if (!(thrown instanceof GraphQLError)) throw thrown;
    if (/more than|tokens/i.test(thrown.message) && thrown.message.includes('tokens')) {
      throw new KoppelError('QUERY_TOO_COMPLEX', {
        what: 'tokens',
        found: `more than ${limits.tokens}`,
        limit: limits.tokens,
      });
    }
    throw new OperationRefused([located(thrown, 'GRAPHQL_PARSE_FAILED', thrown.message)]);
  }
}

function located(error: GraphQLError, code: string, message: string): GraphQLError {
  return new GraphQLError(message, {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    ...(error.source === undefined ? {} : { source: error.source }),
    ...(error.positions === undefined ? {} : { positions: error.positions }),
    extensions: { code },
  });
}

/** Suggestions tell the schema to those who may not read it, so only administrators see them. */
function invalid(error: GraphQLError, caller: Caller): GraphQLError {
  const message = caller.role === 'ADMIN' ? error.message : error.message.replace(/ Did you mean .*$/s, '');
  return located(error, 'GRAPHQL_VALIDATION_FAILED', message);
}

function chosen(document: DocumentNode, name: string | null): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (operation) return operation;
  const names = document.definitions
    .filter((one) => one.kind === Kind.OPERATION_DEFINITION)
    .map((one) => one.name?.value ?? 'unnamed');
  throw new KoppelError('BAD_INPUT', {
    where: 'operationName',
    what: name === null ? `name one of ${names.join(', ')}` : `there is no operation ${name.slice(0, 60)}`,
  });
}

function coerced(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const definitions = operation.variableDefinitions ?? [];
  const declared = new Set(definitions.map(({ variable }) => variable.name.value));
  const extra = Object.keys(variables).find((name) => !declared.has(name));
  if (extra !== undefined) {
    throw new KoppelError('BAD_INPUT', {
      where: `variables.${extra.slice(0, 60)}`,
      what: 'the operation does not declare it',
    });
  }
  const { errors, coerced: values } = getVariableValues(schema, definitions, variables, { maxErrors: 20 });
  if (errors === undefined) return values;
  throw new OperationRefused(
    errors.map((error) =>
      located(error, 'BAD_USER_INPUT', error.message.replace(/ Did you mean .*$/s, '').slice(0, 500)),
    ),
  );
}
