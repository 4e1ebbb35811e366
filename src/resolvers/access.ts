/** Whether a caller may see records of a type. Unknown types are hidden. */
import { scopesOfType } from '../schema/access.js';
import type { Caller } from '../security/caller.js';

export function accessOfType(caller: Caller, type: string | undefined): boolean {
  const needed = type === undefined ? undefined : scopesOfType(type);
  return needed?.some((scope) => caller.scopes.has(scope)) ?? false;
}
