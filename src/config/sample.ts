/**
 * The sample of `npm start`: both sandboxes as connected systems. Categories, products and stock go from the till to the shop,
 * customers and orders both ways; a branch of the till is a warehouse of the shop. About telephone numbers people decide, so that
 * there is something to decide: the sandboxes know two customers by different ones.
 */
import type { Document } from '../base/document.js';
import type { Config } from './config.js';
import { hereByDefault } from './variable.js';

/** Articles that the sandboxes have for this: a till cannot put costs or differences anywhere but on an article. */
const service = { shippingArticle: '900001', roundingArticle: '900002' };

/** `source`: from the till to the shop; `target`: the other way. */
interface SampleFlow {
  readonly entity: 'category' | 'product' | 'stock' | 'customer' | 'order';
  readonly from: 'source' | 'target';
  readonly settings: Document;
}

/** Categories, products and stock of the till. */
export const catalogueFlows: readonly SampleFlow[] = [
  { entity: 'category', from: 'source', settings: {} },
  { entity: 'product', from: 'source', settings: {} },
  { entity: 'stock', from: 'source', settings: {} },
];

/** With what orders need in each system beside what they say themselves. */
export const sampleFlows: readonly SampleFlow[] = [
  ...catalogueFlows,
  { entity: 'customer', from: 'source', settings: {} },
  { entity: 'customer', from: 'target', settings: {} },
  {
    entity: 'order',
    from: 'source',
    settings: { order: { ...service, defaultCustomer: 'd0000000-0000-5000-8000-000000000001' } },
  },
  {
    entity: 'order',
    from: 'target',
    settings: {
      order: {
        ...service,
        employee: '999999',
        branch: '1',
        entryBranch: '1',
        workplace: '90',
        orderCategory: '1',
        defaultCustomer: '900000',
      },
    },
  },
];

const sampleOwners = [{ entity: 'customer', field: 'phone', policy: 'manual', owner: null }] as const;

type SampleConfig = Pick<Config, 'requestTimeoutMs' | 'sandboxMpluskassaPort' | 'sandboxSoftmaatPort' | 'pollMs'> &
  Partial<Pick<Config, 'sandboxMpluskassaHost' | 'sandboxSoftmaatHost'>>;

/** Sandboxes whose host is not named are on this machine. */
export function sample(config: SampleConfig) {
  const { sandboxMpluskassaHost: tillHost = hereByDefault, sandboxSoftmaatHost: shopHost = hereByDefault } = config;
  const timeoutMs = config.requestTimeoutMs;
  return {
    source: {
      key: 'mpluskassa',
      connector: 'mpluskassa',
      name: 'MplusKASSA',
      settings: {
        url: `http://${tillHost}:${config.sandboxMpluskassaPort}`,
        ident: 'koppel',
        timeoutMs,
      },
      secrets: { secret: 'sandbox-secret' },
    },
    target: {
      key: 'softmaat',
      connector: 'softmaat',
      name: 'Softmaat',
      settings: { url: `http://${shopHost}:${config.sandboxSoftmaatPort}`, timeoutMs },
      secrets: { token: 'sandbox-token' },
    },
    pollEveryMs: config.pollMs,
    flows: sampleFlows,
    fieldOwners: sampleOwners,
    valueLists: {
      'softmaat-warehouse': [
        { from: '1', to: 'MAIN' },
        { from: '2', to: 'SHOP-NL' },
        { from: '3', to: 'SHOP-FR' },
      ],
      'mpluskassa-branch': [
        { from: 'MAIN', to: '1' },
        { from: 'SHOP-NL', to: '2' },
        { from: 'SHOP-FR', to: '3' },
      ],
    },
  };
}
