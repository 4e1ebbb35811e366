/** Whether a caller may see records of a type. Unknown types are hidden. */
import { scopeOfType } from '../schema/access.js';
import type { Caller } from '../security/keyring.js';

export function accessOfType(caller: Caller, type: string | undefined): boolean {
  const needed = type === undefined ? undefined : scopeOfType[type];
  return needed !== undefined && caller.scopes.has(needed);
}
