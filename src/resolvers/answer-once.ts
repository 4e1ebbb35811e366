/**
 * Mutations that may be sent again. Every mutation whose input has `idempotencyKey` is wrapped here, at one place: the same key
 * with the same input gives the first answer for 24 hours, also when both are sent at once; with another input it is refused.
 * An answer with userErrors is not kept, because nothing was done: the key is free for the corrected request.
 */
import {
  GraphQLList,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { canonicalJson } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import type { UserError } from '../schema/payloads.js';
import type { Context } from './context.js';
import { userError } from './user-errors.js';

const longestKey = 255;

/** Wraps the mutations of a schema whose input has an idempotency key. */
export function answerOnce(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const input = field.args[0]?.type;
    const named = isNonNullType(input) ? input.ofType : input;
    if (!isInputObjectType(named) || named.getFields()['idempotencyKey'] === undefined) continue;
    field.resolve = once(field, field.resolve!);
  }
}

type Resolve = GraphQLFieldResolver<unknown, Context, { readonly input: Record<string, unknown> }>;

function once(field: Pick<GraphQLField<unknown, Context>, 'name' | 'type'>, resolve: Resolve): Resolve {
  const payload = (field.type as GraphQLNonNull<GraphQLObjectType>).ofType;
  return async (source, args, context, info) => {
    const { idempotencyKey, ...input } = args.input;
    if (idempotencyKey === undefined || idempotencyKey === null) return resolve(source, args, context, info) as unknown;
    const refuse = (code: UserError['code'], message: string): object => ({
      ...emptyOf(payload),
      userErrors: [userError(code, message, ['idempotencyKey'])],
    });
    const key = String(idempotencyKey);
    if (key.trim() === '') return refuse('BLANK', 'An idempotency key is not empty.');
    if (key.length > longestKey) return refuse('TOO_LONG', `An idempotency key has at most ${longestKey} characters.`);
    const plain = JSON.parse(JSON.stringify({ mutation: field.name, input })) as Json;
    const claim = await context.firstAnswers.claim(key, canonicalJson(plain));
    if (claim.state === 'answered') return decoded(claim.answer);
    if (claim.state === 'otherInput') {
      return refuse('IDEMPOTENCY_KEY_REUSED', `The key ${key} was used for another request; use a new one.`);
    }
    let answer: { readonly userErrors: readonly unknown[] };
    try {
      answer = (await resolve(source, args, context, info)) as typeof answer;
    } catch (thrown) {
      await claim.release();
      throw thrown;
    }
    await (answer.userErrors.length > 0 ? claim.release() : claim.keep(encoded(answer)));
    return answer;
  };
}

/** A result in which nothing was done. */
function emptyOf(payload: GraphQLObjectType): Record<string, unknown> {
  const empty = (type: GraphQLOutputType): unknown => {
    if (!isNonNullType(type)) return null;
    const inner = type.ofType as GraphQLOutputType;
    if (inner instanceof GraphQLList) return [];
    if (isObjectType(inner)) return emptyOf(inner);
    return String(inner) === 'Boolean' ? false : String(inner) === 'Int' ? 0 : '';
  };
  return Object.fromEntries(Object.entries(payload.getFields()).map(([name, field]) => [name, empty(field.type)]));
}

/** Text that begins with this is not itself: `d` and a moment, or `s` and text that began with it. */
const mark = '\u0001';

/** JSON in which moments stay moments. */
export function encoded(answer: object): string {
  return JSON.stringify(answer, function (this: Record<string, unknown>, name: string, value: unknown) {
    const original = this[name];
    if (original instanceof Date) return `${mark}d${original.toISOString()}`;
    return typeof value === 'string' && value.startsWith(mark) ? `${mark}s${value}` : value;
  });
}

export const decoded = (text: string): object =>
  JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith(mark)) return value;
    return value[1] === 'd' ? new Date(value.slice(2)) : value.slice(2);
  }) as object;
