/**
 * What a system holds of customers and orders, said in one way so that two systems can be compared (till-side.ts,
 * shop-side.ts). Nothing of it comes from the hub.
 */
export type SideName = 'mpluskassa' | 'softmaat';

export interface SeenOrder {
  readonly side: SideName;
  readonly id: string;
  /** Who made it: null = the system's own people, else the hub, with its id of the order. */
  readonly mark: string | null;
  readonly customer: string | null;
  /** Cents. */
  readonly incl: number;
  /** Cents of VAT by rate. */
  readonly taxes: ReadonlyMap<number, number>;
  /** Thousandths by SKU; goods only. */
  readonly goods: ReadonlyMap<string, number>;
  /** Lines, for the bound of rounding. */
  readonly lineCount: number;
  /** Warehouses in which it is reserved, in the words of the shop. */
  readonly warehouses: readonly string[];
  readonly hasShipping: boolean;
  readonly isCancelled: boolean;
  readonly isCompleted: boolean;
  readonly delivered: 'none' | 'some' | 'all';
  readonly paid: 'none' | 'some' | 'all' | 'refunded';
  /** Cents. */
  readonly paidSum: number;
  /** The system takes no change of lines and states any more. */
  readonly isLocked: boolean;
  readonly placedAt: string | null;
}

export interface SeenCustomer {
  readonly id: string;
  readonly mark: string | null;
  readonly email: string;
  readonly name: string;
  readonly company: string;
  readonly street: string;
  readonly zipcode: string;
  readonly city: string;
  readonly country: string;
  readonly isBlocked: boolean;
}

/** A record that a client (the hub, or a test) made, as the ledger has it. */
export interface Created {
  readonly entity: 'order' | 'customer' | 'contact';
  readonly mark: string | null;
  readonly id: string;
}

export interface Side {
  readonly orders: readonly SeenOrder[];
  readonly customers: readonly SeenCustomer[];
  readonly created: readonly Created[];
}

/** Articles on which the till books what is not goods. */
export const serviceSkus = { shipping: '900001', rounding: '900002' } as const;

export const words = (...parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join(' ');
export const filled = (text: string | null | undefined): string | null => ((text ?? '') === '' ? null : (text ?? null));
export const cents = (amount: string): number => Math.round(Number(amount) * 100);
export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

export function add<K>(amounts: Map<K, number>, key: K, amount: number): void {
  amounts.set(key, (amounts.get(key) ?? 0) + amount);
}

/** Without what is booked on service articles, and without amounts that cancel out. */
export function onlyGoods(amounts: ReadonlyMap<string, number>): Map<string, number> {
  const services: readonly string[] = Object.values(serviceSkus);
  return new Map([...amounts].filter(([sku, amount]) => !services.includes(sku) && amount !== 0));
}
