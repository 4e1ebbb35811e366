/**
 * Descriptions of everything in the graph that does not bring its own. In: a schema. Out: the same one, described, and which
 * words nothing used. A description at the field itself wins: what is particular is said where the field is declared.
 */
import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import { operationWords } from './operation-words.js';
import { ownWords } from './own-words.js';
import { recordWords } from './record-words.js';

interface Described {
  name: string;
  description?: string | null | undefined;
}

/** Describes in place; the answer names the words that no field needed. */
export function describeFields(schema: GraphQLSchema): readonly string[] {
  const named = { ...recordWords, ...operationWords };
  const unused = new Set([...Object.keys(named), ...Object.keys(ownWords)]);
  const describe = (part: Described, where: string): void => {
    const key = where in ownWords ? where : part.name;
    if (part.description || (ownWords[where] ?? named[part.name]) === undefined) return;
    part.description = ownWords[where] ?? named[part.name];
    unused.delete(key);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (ownWords[type.name] !== undefined) describe(type, type.name);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    const fields: readonly (GraphQLField<unknown, unknown> | GraphQLInputField)[] = Object.values(type.getFields());
    for (const field of fields) {
      const where = `${type.name}.${field.name}`;
      describe(field, where);
      if ('args' in field) for (const arg of field.args) describe(arg, `${where}(${arg.name})`);
    }
  }
  return [...unused];
}
