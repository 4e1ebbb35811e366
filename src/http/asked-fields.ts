/**
 * What a document asks for anywhere, in all its fragments: `Type.field`, and `Type` for every type of which something is asked.
 * Null: what is read is not only for showing it (a change), or a record of any kind may come (a search), so records are read whole.
 */
import { TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql';

export function askedFields(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> | null {
  const typeInfo = new TypeInfo(schema);
  const found = new Set<string>();
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: ({ name }) => {
        const parent = typeInfo.getParentType();
        if (parent) found.add(parent.name).add(`${parent.name}.${name.value}`);
      },
    }),
  );
  return found.has('Mutation') || found.has('Query.search') ? null : found;
}
