/** Starts a pretended MplusKASSA installation: store, shop, SOAP endpoint, admin routes. */
import { systemClock, type Clock } from '../../src/base/clock.js';
import type { AdminType, SandboxSystem } from '../engine/sandbox-system.js';
import { makeRateLimit } from '../engine/rate-limit.js';
import { startServer, type RunningSandbox, type SandboxOptions } from '../engine/server.js';
import { openStore, type Store } from '../engine/store.js';
import { mutate, mutateKinds } from './mutate.js';
import { omit, type OrderRow } from './records.js';
import { seedShop } from './seed/seed-shop.js';
import { seedTime } from './seed/seed-time.js';
import { makeShop, type Shop } from './shop.js';
import { failSoap, handleSoap, soapOperation } from './soap-endpoint.js';
import { clearSwitches, makeSwitches } from './switches.js';

const stamps = ['syncMarker', 'changeTimestamp', 'createTimestamp'];
const saleStamps = [...stamps, 'entryTimestamp', 'finalizedTimestamp', 'changeCounter', 'versionNumber'];

/** Payments and lines without what differs from run to run. */
const showSale = (record: object): object => ({
  ...record,
  paymentList: (record as OrderRow).paymentList.map((payment) => omit(payment, ['entryTimestamp', 'financialDate'])),
});

const types: readonly AdminType[] = [
  { type: 'products', volatile: stamps },
  { type: 'articles', volatile: stamps },
  { type: 'groups', volatile: stamps },
  { type: 'stock', volatile: ['stockId', 'changeTimestamp'] },
  { type: 'relations', volatile: stamps },
  { type: 'orders', volatile: saleStamps, show: showSale },
  { type: 'invoices', volatile: saleStamps, show: showSale },
];

export interface OpenShop {
  readonly store: Store;
  readonly shop: Shop;
}

/** The shop without a server; for tests of behaviours. */
export function openShop(options: Omit<SandboxOptions, 'port'>, clock: Clock = systemClock): OpenShop {
  let shop: Shop | undefined;
  let isSeeding = false;
  const shopClock: Clock = { ...clock, now: () => (isSeeding ? new Date(seedTime) : clock.now()) };
  const store = openStore({
    dataDir: options.dataDir,
    system: 'mpluskassa',
    seed: options.seed,
    products: options.products,
    ...(options.withProblems === undefined ? {} : { withProblems: options.withProblems }),
    clock,
    seedInto(opened, settings) {
      isSeeding = true;
      seedShop((shop ??= makeShop(opened, shopClock)), settings);
      isSeeding = false;
    },
  });
  return { store, shop: shop ?? makeShop(store, shopClock) };
}

export async function startMpluskassaSandbox(
  options: SandboxOptions,
  clock: Clock = systemClock,
): Promise<RunningSandbox> {
  const { store, shop } = openShop(options, clock);
  const allow = options.rateLimit === undefined ? undefined : makeRateLimit(options.rateLimit, clock);
  const system: SandboxSystem = {
    name: 'mpluskassa',
    store,
    operation: soapOperation,
    handle(request) {
      const verdict = allow?.();
      if (verdict === undefined || verdict.allowed) return handleSoap(shop, request);
      const refusal = failSoap(429, 'too many requests');
      return { ...refusal, headers: { ...refusal.headers, 'retry-after': String(verdict.resetSeconds) } };
    },
    failure: failSoap,
    types,
    mutateKinds,
    mutate: (order) => mutate(shop, order),
    switches: makeSwitches(shop),
    clearSwitches: () => clearSwitches(shop),
  };
  return startServer(system, options);
}
