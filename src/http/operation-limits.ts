/**
 * Limits of an operation that are seen in its text, and what it costs. In: a parsed document. Out: nothing, or a refusal that
 * names the limit and what was found. Run before validation, whose own effort grows with the square of the fields.
 */
import {
  BREAK,
  getNamedType,
  isLeafType,
  Kind,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import * as complexity from 'graphql-query-complexity';
import { KoppelError } from '../base/errors.js';
import { pageDefault, pageLimit } from '../schema/page.js';

export const limits = {
  tokens: 15_000,
  depth: 10,
  aliases: 30,
  rootFields: 10,
  directives: 10,
  fields: 600,
  cost: 10_000,
  variableDepth: 20,
} as const;

function within(what: string, found: number, limit: number): void {
  if (found > limit) throw new KoppelError('QUERY_TOO_COMPLEX', { what, found, limit });
}

export function checkShape(document: DocumentNode): void {
  const found = { aliases: 0, directives: 0, fields: 0 };
  visit(document, {
    Field: (node) => {
      found.fields++;
      if (node.alias !== undefined) found.aliases++;
      return found.fields > limits.fields ? BREAK : undefined;
    },
    // Fragments and their uses are compared with each other like fields, so they count like them.
    FragmentSpread: () => void found.fields++,
    FragmentDefinition: () => void found.fields++,
    Directive: () => void found.directives++,
  });
  within('fields', found.fields, limits.fields);
  within('aliases', found.aliases, limits.aliases);
  within('directives', found.directives, limits.directives);
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const depths = new Map<string, number>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    within('root fields', definition.selectionSet.selections.length, limits.rootFields);
    within('levels of depth', depthOf(definition.selectionSet, fragments, depths), limits.depth);
  }
}

/** Levels of a selection; fragments count where they are used, once each. Introspection has a depth of its own and is skipped. */
function depthOf(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  known: Map<string, number>,
): number {
  let deepest = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__')) continue;
      const below = selection.selectionSet === undefined ? 0 : depthOf(selection.selectionSet, fragments, known);
      deepest = Math.max(deepest, 1 + below);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(selection.selectionSet, fragments, known));
    } else {
      const name = selection.name.value;
      const fragment = fragments.get(name);
      if (!known.has(name) && fragment !== undefined) {
        // A fragment that uses itself is refused by validation; here it only must not loop.
        known.set(name, 0);
        known.set(name, depthOf(fragment.selectionSet, fragments, known));
      }
      deepest = Math.max(deepest, known.get(name) ?? 0);
    }
  }
  return deepest;
}

/** Records assumed in a list that has no pages and says nothing of its length. */
const listSize = 4;

/** What a list without pages costs: as many records as it is asked for by id, each of which is looked up, or by number. */
function costOfList({ ids, first }: Readonly<Record<string, unknown>>, each: number): number {
  if (Array.isArray(ids)) return ids.length * (1 + each);
  return each * (typeof first === 'number' ? Math.min(Math.max(first, 1), pageLimit) : listSize);
}

function pageSize(args: Readonly<Record<string, unknown>>): number {
  const asked = args['first'] ?? args['last'] ?? pageDefault;
  return typeof asked === 'number' ? Math.min(Math.max(asked, 1), pageLimit) : pageDefault;
}

const estimate: complexity.ComplexityEstimator = ({ field, args, childComplexity, type }) => {
  if (isLeafType(getNamedType(field.type))) return 0;
  const text = String(field.type);
  if (isConnection(text.replace(/[![\]]/g, ''))) return 1 + pageSize(args) * childComplexity;
  if (type.name === 'Mutation') return 10 + childComplexity;
  // The page itself has been counted with its connection.
  const isPagePart = isConnection(type.name) && (field.name === 'nodes' || field.name === 'edges');
  return 1 + (text.startsWith('[') && !isPagePart ? costOfList(args, childComplexity) : childComplexity);
};

const isConnection = (type: string): boolean => type.endsWith('Connection');

/** Arguments on which the cost depends. */
const costingArguments: ReadonlySet<string> = new Set(['first', 'last', 'ids']);

/** Variables on which the cost depends: sizes of pages and lists, and whether a part is asked for at all. */
function costingVariables(document: DocumentNode): readonly string[] {
  const found = new Set<string>();
  const note = (argument: Pick<ArgumentNode, 'value'>): void => {
    if (argument.value.kind === Kind.VARIABLE) found.add(argument.value.name.value);
  };
  visit(document, {
    Field: ({ arguments: given = [] }) => given.filter(({ name }) => costingArguments.has(name.value)).forEach(note),
    Directive: ({ arguments: given = [] }) => given.forEach(note),
  });
  return [...found];
}

/** All of a value that the cost depends on: of a list its length, of a text that it is one. */
const sizeOf = (value: unknown): unknown =>
  Array.isArray(value) ? { length: value.length } : typeof value === 'string' ? 'text' : value;

const rememberedCosts = 50;

/** Points of an operation of the document with given variables; what was computed is kept. */
export function makeCost(
  schema: GraphQLSchema,
  document: DocumentNode,
): (operation: OperationDefinitionNode, variables: Record<string, unknown>) => number {
  const costing = costingVariables(document);
  const known = new Map<string, number>();
  return (operation, variables) => {
    const given = costing.map((name) => (name in variables ? [sizeOf(variables[name])] : []));
    const key = JSON.stringify([operation.name?.value ?? null, given]);
    const found = known.get(key) ?? costOf(schema, document, operation, variables);
    if (known.size >= rememberedCosts) known.clear();
    known.set(key, found);
    return found;
  };
}

function costOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  try {
    const found = complexity.getComplexity({
      estimators: [estimate],
      schema,
      query: {
        ...query,
        definitions: query.definitions.filter((one) => one === operation || one.kind !== Kind.OPERATION_DEFINITION),
      },
      variables,
    });
    return Math.max(1, Math.ceil(found));
  } catch (error) {
    throw new KoppelError('QUERY_TOO_COMPLEX', {
      what: `parts (${String(error)})`,
      found: 'too many',
      limit: limits.cost,
    });
  }
}
