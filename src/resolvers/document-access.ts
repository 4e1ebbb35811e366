/** What a document needs: every field of it, with the scopes of which a caller needs one. What a caller may not see it may not even ask for. */
import {
  getNamedType,
  isLeafType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { KoppelError } from '../base/errors.js';
import { maskedTypes, scopesOfType, type ScopeName } from '../schema/access.js';
import { accessOfRootFields } from '../schema/root-access.js';
import type { Caller } from '../security/caller.js';

export interface FieldAccess {
  readonly name: string;
  /** Undefined = nobody has said who may see it. */
  readonly needed: readonly ScopeName[] | undefined;
}

/**
 * Every field of the document, in every fragment; no scopes = everybody. With each field comes the type that it leads to: what
 * is asked of that through an interface needs the scopes of the type, too. What a root field gives is as its own rule says.
 */
export function fieldsWithAccess(schema: GraphQLSchema, document: DocumentNode): readonly FieldAccess[] {
  const typeInfo = new TypeInfo(schema);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const isOfRoot = (): boolean => roots.includes(typeInfo.getParentType() as never);
  const found = new Map<string, FieldAccess>();
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        enter(node) {
          const parent = typeInfo.getParentType();
          if (!parent || node.name.value.startsWith('__')) return;
          const name = `${parent.name}.${node.name.value}`;
          found.set(name, { name, needed: isOfRoot() ? accessOfRootFields[name] : neededOf(parent.name) });
        },
        // After the fields in it: a refusal names the first of those.
        leave() {
          const type = typeInfo.getType();
          if (!type || isOfRoot() || isLeafType(getNamedType(type))) return;
          const { name } = getNamedType(type);
          found.set(name, { name, needed: neededOf(name) });
        },
      },
    }),
  );
  return [...found.values()];
}

const neededOf = (type: string): readonly ScopeName[] => (maskedTypes.has(type) ? [] : (scopesOfType(type) ?? []));

type Scoped = Pick<Caller, 'scopes'>;

/** Throws FORBIDDEN for the first field that the caller may not see. */
export function checkAccess(fields: readonly FieldAccess[], caller: Scoped): void {
  for (const { name, needed } of fields) {
    if (needed === undefined) throw new KoppelError('FORBIDDEN', { what: name, needed: 'a rule that nobody has' });
    if (!allows(caller, needed)) throw new KoppelError('FORBIDDEN', { what: name, needed: needed.join(' or ') });
  }
}

/** Whether the caller may see all of them. */
export const mayAsk = (fields: readonly FieldAccess[], caller: Scoped): boolean =>
  fields.every(({ needed }) => needed !== undefined && allows(caller, needed));

const allows = (caller: Scoped, needed: readonly ScopeName[]): boolean =>
  needed.length === 0 || needed.some((scope) => caller.scopes.has(scope));
