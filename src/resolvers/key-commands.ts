/** Making and ending API keys. */
import type { ApiKey, ScopeName } from '../schema/access.js';
import type { ApiKeyCreateInput } from '../schema/inputs.js';
import type { ApiKeyCreatePayload, ApiKeyRevokePayload, UserError } from '../schema/payloads.js';
import type { StoredKey } from '../store/api-keys.js';
import type { Context } from './context.js';
import { userError } from './user-errors.js';

/** A key as the graph shows it: never with its hash. */
export const shownKey = ({ hash: _, ...key }: StoredKey): ApiKey => key;

function problemsOf(input: ApiKeyCreateInput, now: Date): UserError[] {
  const name = input.name.trim();
  const found: UserError[] = [];
  if (name === '') found.push(userError('BLANK', 'Give the key a name by which people know it.', ['name']));
  if (name.length > 100) found.push(userError('TOO_LONG', 'A name has at most 100 characters.', ['name']));
  if (input.scopes.length === 0) found.push(userError('BLANK', 'A key needs at least one scope.', ['scopes']));
  if (input.expiresAt && input.expiresAt <= now) {
    found.push(userError('OUT_OF_RANGE', 'The moment of expiry has passed already.', ['expiresAt']));
  }
  return found;
}

export async function createKey(context: Context, input: ApiKeyCreateInput): Promise<ApiKeyCreatePayload> {
  const userErrors = problemsOf(input, context.now());
  if (userErrors.length > 0) return { apiKey: null, secret: null, userErrors };
  const { stored, secret } = await context.keys.create({
    name: input.name.trim(),
    scopes: [...new Set(input.scopes)] as ScopeName[],
    expiresAt: input.expiresAt ?? null,
    trustedDocumentsOnly: input.isLimitedToTrustedDocuments,
    createdBy: context.caller.actorId,
  });
  await context.audit('apiKeyCreate', stored.id, { name: stored.name, scopes: [...stored.scopes] });
  return { apiKey: shownKey(stored), secret, userErrors: [] };
}

export async function revokeKey(context: Context, id: string): Promise<ApiKeyRevokePayload> {
  const stored = await context.keys.revoke(id);
  if (stored === null) return { apiKey: null, userErrors: [userError('NOT_FOUND', `There is no key ${id}.`, ['id'])] };
  await context.audit('apiKeyRevoke', id, { name: stored.name });
  return { apiKey: shownKey(stored), userErrors: [] };
}
