/**
 * The addresses of a debtor, which the system replaces as a whole. In: those that are wanted, those that the hub knew it to have, those that
 * it has now. Out: what is sent: where the hub wants nothing else than it knew, what people have changed since stays. Pure.
 */
import { byRole } from '../../base/by-role.js';
import type { Document, Json } from '../../base/document.js';
import { addressFields } from './debtor-catalogue.js';
import { objectsIn } from './order-derive.js';

export interface SentAddresses {
  readonly addresses: readonly Document[];
  /** Something of what people have changed is among them. */
  readonly keepsTheirs: boolean;
}

export function addressesToSend(
  wanted: Json | undefined,
  known: Json | undefined,
  present: Json | undefined,
): SentAddresses {
  const ours = objectsIn(wanted);
  // What was not known cannot be told from what people have changed.
  if (known === undefined) return { addresses: ours, keepsTheirs: false };
  const [asked, before, now] = [byRole(ours), byRole(objectsIn(known)), byRole(objectsIn(present))];
  let keepsTheirs = false;
  const addresses = [...new Set([...asked.keys(), ...now.keys()])].flatMap((role): readonly Document[] => {
    const [mine, theirs, former] = [asked.get(role), now.get(role), before.get(role)];
    const sent = sentOf(mine, theirs, former);
    keepsTheirs ||= sent !== mine;
    return sent === undefined ? [] : [sent];
  });
  return { addresses, keepsTheirs };
}

/** `mine`: as it is wanted, `former`: as it was known. */
function sentOf(mine?: Document, theirs?: Document, former?: Document): Document | undefined {
  if (mine === undefined) return former === undefined ? theirs : undefined;
  if (former === undefined) return mine;
  if (theirs === undefined) return isSame(mine, former) ? undefined : mine;
  return merged(mine, theirs, former);
}

const parts = addressFields.map(({ name }) => name);

/** The wanted address with the parts that people have changed and the hub has not; the same one when there are none. */
function merged(mine: Document, theirs: Document, former: Document): Document {
  const changed = parts.filter((part) => same(mine[part], former[part]) && !same(theirs[part], former[part]));
  if (changed.length === 0) return mine;
  return { ...mine, ...Object.fromEntries(changed.map((part) => [part, theirs[part] ?? null])) };
}

const isSame = (a: Document, b: Document): boolean => parts.every((part) => same(a[part], b[part]));
const same = (a: Json | undefined, b: Json | undefined): boolean => (a ?? '') === (b ?? '');
