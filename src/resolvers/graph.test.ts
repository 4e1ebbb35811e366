import { describe, expect, it } from '@jest/globals';
import {
  getIntrospectionQuery,
  graphqlSync,
  isInterfaceType,
  isObjectType,
  validateSchema,
  type GraphQLNamedType,
} from 'graphql';
import { scopeOfType } from '../schema/access.js';
import { accessOfRootFields } from '../schema/root-access.js';
import { buildGraph } from './graph.js';

const schema = buildGraph();
const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!];
const own = (type: GraphQLNamedType): boolean => !type.name.startsWith('__');

describe('the graph', () => {
  it('is a valid schema and can be asked what it is', () => {
    expect(validateSchema(schema)).toEqual([]);
    expect(graphqlSync({ schema, source: getIntrospectionQuery() }).errors).toBeUndefined();
  });

  it('has a rule of access for every root field, and no rule without a field', () => {
    const fields = roots.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
    expect(fields.sort()).toEqual(Object.keys(accessOfRootFields).sort());
  });

  it('has a scope for every record that node() can give', () => {
    const nodes = schema.getPossibleTypes(schema.getType('Node') as never).map(({ name }) => name);
    expect(nodes.filter((name) => scopeOfType[name] === undefined)).toEqual([]);
  });

  it('describes every type, query, mutation and subscription', () => {
    const types = Object.values(schema.getTypeMap()).filter((type) => own(type) && !roots.includes(type as never));
    const builtIn = ['String', 'Boolean', 'Int', 'ID', 'Float'];
    expect(types.filter((type) => !type.description && !builtIn.includes(type.name)).map(String)).toEqual([]);
    const fields = roots.flatMap((type) => Object.values(type.getFields()));
    expect(fields.filter((field) => !field.description).map(({ name }) => name)).toEqual([]);
  });

  it('takes one input and answers with userErrors in every mutation', () => {
    for (const field of Object.values(schema.getMutationType()!.getFields())) {
      expect(field.args.map(({ name }) => name)).toEqual(['input']);
      const payload = schema.getType(String(field.type).replace('!', ''));
      expect(isObjectType(payload) && String(payload.getFields()['userErrors']?.type)).toBe('[UserError!]!');
    }
  });

  it('never has a field of type Float', () => {
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => own(type) && (isObjectType(type) || isInterfaceType(type)),
    );
    const floats = types.flatMap((type) =>
      Object.values((type as never as { getFields(): Record<string, { name: string; type: unknown }> }).getFields())
        .filter((field) => String(field.type).includes('Float'))
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(floats).toEqual([]);
  });
});
