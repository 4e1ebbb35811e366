/**
 * What a document asks for, as a tree. In: a schema, the fields of an operation as they were collected. Out: selections in the
 * words of schema/selection.ts, each field with its nodes in the document and its definition in the schema.
 */
import {
  defaultFieldResolver,
  getArgumentValues,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  visit,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { SelectedField, Selection } from '../schema/selection.js';

export type Values = Readonly<Record<string, unknown>>;
export type Field = GraphQLField<unknown, unknown>;
export type Nodes = readonly FieldNode[];

/** What selections are made from. */
export interface Source {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Variables that say whether a part is asked for at all. */
  readonly conditions: Values;
}

export interface AskedSelection extends Selection {
  readonly fields: readonly AskedField[];
}

export interface AskedField extends SelectedField {
  readonly nodes: Nodes;
  /** Undefined of `__typename` and what else is asked of the schema itself. */
  readonly field: Field | undefined;
  readonly below: AskedSelection | null;
}

/** What is asked of a value of this type where the nodes stand. */
export const selectionBelow = (source: Source, type: GraphQLObjectType, nodes: Nodes): AskedSelection =>
  selectionOf(source, type, collectSubfields(source.schema, source.fragments, source.conditions, type, nodes));

export function selectionOf(
  source: Source,
  type: GraphQLObjectType,
  collected: ReadonlyMap<string, Nodes>,
): AskedSelection {
  const fields = [...collected].map(([key, nodes]) => fieldOf(source, type, key, nodes));
  const variables = fields.flatMap(({ nodes, below }) => [...variablesOf(nodes[0]!), ...(below?.variables ?? [])]);
  return { type: type.name, fields, variables: [...new Set(variables)].sort() };
}

function fieldOf(source: Source, parent: GraphQLObjectType, key: string, nodes: Nodes): AskedField {
  const name = nodes[0]!.name.value;
  const field = parent.getFields()[name] as Field | undefined;
  const isNullable = field !== undefined && !isNonNullType(field.type);
  const bare = field !== undefined && isNonNullType(field.type) ? field.type.ofType : field?.type;
  const type = field === undefined ? undefined : getNamedType(field.type);
  return {
    key,
    name,
    nodes,
    field,
    isNullable,
    isPlain: (field?.resolve ?? defaultFieldResolver) === defaultFieldResolver && !isListType(bare),
    of: type?.name ?? '',
    words: isEnumType(type) ? type.getValues().map(({ value }) => String(value)) : null,
    arguments: (values) => argumentsOf(field, nodes[0]!, values),
    below: isObjectType(type) ? selectionBelow(source, type, nodes) : null,
  };
}

function argumentsOf(field: Field | undefined, node: FieldNode, values: Values): Values | null {
  try {
    return field === undefined ? {} : getArgumentValues(field, node, values);
  } catch {
    // Whoever resolves the field says what is wrong.
    return null;
  }
}

/** Variables in the arguments of a field. */
export function variablesOf({ arguments: given = [] }: FieldNode): string[] {
  const found: string[] = [];
  const note = ({ name }: { readonly name: { readonly value: string } }): void => void found.push(name.value);
  for (const argument of given) visit(argument, { [Kind.VARIABLE]: note });
  return found;
}
