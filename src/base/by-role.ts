/** Addresses by their role, where several may have the same one: `billing`, `billing 2`, … In their order. Pure. */
import type { Document } from './document.js';

export function byRole(addresses: readonly Document[]): ReadonlyMap<string, Document> {
  const found = new Map<string, Document>();
  for (const address of addresses) {
    const role = String(address['role']);
    let key = role;
    for (let n = 2; found.has(key); n++) key = `${role} ${n}`;
    found.set(key, address);
  }
  return found;
}
