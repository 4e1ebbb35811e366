/** The conformance suite for MplusKASSA. */
import type { Document } from '../../src/base/document.js';
import { mpluskassa } from '../../src/systems/mpluskassa/index.js';
import { branches } from '../../sandbox/mpluskassa/masters.js';
import { startMpluskassaSandbox } from '../../sandbox/mpluskassa/start.js';
import {
  articleAt,
  invoices,
  list,
  orders,
  orderWrites,
  relations,
  relationWrites,
  unique,
} from './mpluskassa-sales.js';
import { describeSystem } from './system.js';
import type { Features, Holding, StreamFeatures, WriteFeatures } from './system-features.js';

const highest = (markers: readonly unknown[]): bigint =>
  markers.map((marker) => BigInt(String(marker))).reduce((most, marker) => (marker > most ? marker : most), 0n);

const products: StreamFeatures = {
  name: 'products',
  async held(world) {
    const articles = new Map((await world.rows('articles')).map((row) => [row['articleNumber'], row]));
    return new Map(
      (await world.rows('products')).map((row): [string, Holding] => {
        const own = (row['articleNumbers'] as readonly string[]).map((number) => articles.get(number) ?? {});
        const facts = own.map((one) => [one['articleNumber']!, String(one['priceIncl']), one['active']!]);
        const version = highest([row, ...own].map((one) => one['syncMarker']));
        return [String(row['productNumber']), { version, facts: [row['description']!, facts] }];
      }),
    );
  },
  facts: (document) => [
    document['description'] ?? '',
    list(document, 'articleList').map((one) => [
      one['articleNumber']!,
      String(Math.round(Number(one['priceIncl']) * 100)),
      one['active']!,
    ]),
  ],
  edits: 'products',
  together: { waived: unique },
  limit: { waived: 'the overlap below the position comes on top of the new records of a page' },
  restored: true,
  spoil: (body) => body.replace(/(<(?:\w+:)?priceIncl>)\d+/, '$1cheap'),
};

const groups: StreamFeatures = {
  name: 'groups',
  async held(world) {
    return new Map(
      (await world.rows('groups')).map((row): [string, Holding] => [
        String(row['groupNumber']),
        { version: BigInt(String(row['syncMarker'])), facts: [row['name']!, row['isDeleted']!] },
      ]),
    );
  },
  facts: (document) => [document['name']!, document['isDeleted'] ?? false],
  edits: 'groups',
  together: { waived: unique },
  limit: { waived: 'the overlap below the position comes on top of the new records of a page' },
  restored: true,
  spoil: (body) => body.replace(/(<(?:\w+:)?sortOrder>)\d+/, '$1first'),
};

const stock: StreamFeatures = {
  name: 'stock',
  async held(world) {
    return new Map(
      (await world.rows('stock')).map((row): [string, Holding] => [
        `${String(row['articleNumber'])}:${String(row['branchNumber'])}`,
        {
          version: BigInt(String(row['stockId'])),
          facts: [Number(row['onHand']) / 1000, Number(row['reserved']) / 1000],
        },
      ]),
    );
  },
  facts: (document) => [
    Number(mpluskassa.derive('stock', document, 'till', {})['amountPhysical']),
    Number(document['amountReserved']),
  ],
  edits: 'stock',
  together: { waived: unique },
  limit: { waived: 'the service cannot limit stock: a page holds whole products in every branch, or what has changed' },
  restored: true,
  spoil: (body) => body.replace(/(<(?:\w+:)?amountFree>)-?\d+/, '$1some'),
};

const branchStream: StreamFeatures = {
  name: 'branches',
  held: async () =>
    new Map(branches.map((row) => [String(row.branchNumber), { version: null, facts: row.branchName }])),
  facts: (document) => document['branchName']!,
  edits: { waived: 'branches of the sandbox never change; src/systems/mpluskassa/source.test.ts changes them' },
  together: { waived: 'branches are compared as one list' },
  limit: { waived: 'branches are a handful and come as one list' },
  restored: { waived: 'branches have no marker: the whole list is compared each time' },
  spoil: { waived: 'a record with a problem would make the list differ, and with it the position' },
};

const levels = (...amounts: readonly number[]): Document[] =>
  amounts.map((amount, index) => ({ branchNumber: String(index + 1), amount: String(amount) }));

const stockWrites: WriteFeatures = {
  entity: 'stock',
  operations: { create: 'setStock', update: 'setStock' },
  make: async (world, n) => ({ articleNumber: await articleAt(world, n), levels: levels(1_000 + n) }),
  change: (document, n) => ({ document: { ...document, levels: levels(5_000 + n) }, changed: ['levels'] }),
  refused: () => ({ articleNumber: '999999999', levels: levels(1) }),
  facts: (document) => [document['articleNumber']!, document['levels']!],
  creates: { waived: 'an article has its rows from its beginning; they are only set' },
  unique: { rows: async (world) => (await world.rows('stock')).length },
  gone: { waived: 'stock of an article that does not exist is refused, with the number in the message' },
  stale: { waived: 'amounts have no version there: they are read before they are set, and the last word counts' },
};

const soldArticle = (number: number, n: number): Document => ({
  articleNumber: String(number),
  extArticleId: `var_${number}`,
  active: true,
  description: `Article ${n} "<&>" é`,
  vatCode: '1',
  priceIncl: '12.1',
  stockArticle: true,
});

const productWrites: WriteFeatures = {
  entity: 'product',
  operations: { create: 'createProduct', update: 'updateProduct' },
  make: async (_, n) => ({
    description: `Product ${n} & <co>`,
    extraText: `text ${n}`,
    groupNumbers: ['3', '5'],
    articleList: [soldArticle(500_000 + n * 10, n), soldArticle(500_001 + n * 10, n)],
  }),
  change: (document, n) => {
    const [first, ...others] = list(document, 'articleList');
    const articleList = [{ ...first, description: `Renamed ${n}` }, ...others];
    return {
      document: { ...document, description: `Renamed ${n}`, articleList },
      changed: ['description', 'articleList'],
    };
  },
  refused: (n) => ({ description: 'x', articleList: [{ ...soldArticle(400_000 + n, n), vatCode: '77' }] }),
  facts: (document) => [
    document['description'] ?? '',
    document['groupNumbers'] ?? [],
    list(document, 'articleList').map((one) => [
      one['articleNumber']!,
      one['extArticleId']!,
      one['description']!,
      Number(one['priceIncl']),
    ]),
  ],
  creates: true,
  unique: { rows: async (world) => (await world.rows('products')).length },
  gone: '999999',
  stale: {
    waived: 'products have no version that an update could name; they are read first, and only what differs is sent',
  },
};

const groupWrites: WriteFeatures = {
  entity: 'category',
  operations: { create: 'newArticleGroup', update: 'updateArticleGroup' },
  make: async (_, n) => ({ name: `Group ${n} & <co>`, text: `text ${n}` }),
  change: (document, n) => ({ document: { ...document, name: `Renamed ${n}` }, changed: ['name'] }),
  refused: (n) => ({ name: `Orphan ${n}`, text: '', parentGroupNumber: '99999' }),
  facts: (document) => [document['name']!, document['text'] ?? ''],
  creates: true,
  unique: { waived: 'the service knows no key of ours and allows two groups of the same name' },
  gone: '99999',
  stale: { waived: 'groups have no version that an update could name: the last word counts' },
};

const soap = (content: string): string =>
  `<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>${content}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;
const soapFault = (words: string): string =>
  soap(
    `<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode><faultstring>${escapeXml(words)}</faultstring></SOAP-ENV:Fault>`,
  );
const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const features: Features = {
  connector: mpluskassa,
  settings: (url) => ({ url, ident: 'koppel', secret: 'sandbox-secret' }),
  secrets: ['ident', 'secret'],
  start: (seed, dataDir) => startMpluskassaSandbox({ port: 0, dataDir, seed, products: 30 }),
  fill: async () => undefined,
  streams: [products, groups, stock, branchStream, relations, orders, invoices],
  writes: [groupWrites, productWrites, stockWrites, relationWrites, orderWrites],
  async addField(world) {
    const answer = await world.admin<{ changed: Record<string, string[]> }>('POST', 'mutate', { kind: 'customFields' });
    return answer.changed['customFields']![0]!;
  },
  restore: async (world) => void (await world.admin('POST', 'faults', { fault: 'resetMarkers' })),
  hollow: [
    soap(''),
    soap('<x:getApiVersionResponse xmlns:x="urn:mplusqapi"/>'),
    soap('<getProductsResponse/>'),
    '<a/>',
  ],
  complain: (words) => ({ type: 'text/xml', body: soapFault(words) }),
};

describeSystem(features);
