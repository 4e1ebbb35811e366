/**
 * Keys of payments: `<system>:<its id>` where a payment was first seen, the same in all systems. Where the hub books one it
 * leaves a mark, `koppel:` and the key, in the reference; nothing else that stands there is ever taken for a key. Pure.
 */

export interface ReferencedPayment {
  /** The system's own id of the payment. */
  readonly id: string;
  /** What stands in its reference; empty when nothing does. */
  readonly reference: string;
}

export interface KeyedPayment {
  readonly key: string;
  /** A reference of somebody else. */
  readonly reference: string | null;
}

const mark = /^koppel:([^:\s]+:\S.*)$/;

export const markOfKey = (key: string): string => `koppel:${key}`;

/** The key in a reference; undefined when the hub did not write it. */
export const keyInMark = (reference: string): string | undefined => mark.exec(reference)?.[1];

export const isKeyOf = (system: string, key: unknown): boolean => String(key).startsWith(`${system}:`);

/**
 * Keys of the payments of one record of `system`, in order. A mark counts once, and never for a payment of the system itself:
 * people copy references.
 */
export function keyedPayments(system: string, payments: readonly ReferencedPayment[]): readonly KeyedPayment[] {
  const seen = new Set<string>();
  return payments.map(({ id, reference }) => {
    const key = keyInMark(reference);
    if (key === undefined || seen.has(key) || isKeyOf(system, key)) {
      return { key: `${system}:${id}`, reference: reference === '' ? null : reference };
    }
    seen.add(key);
    return { key, reference: null };
  });
}
