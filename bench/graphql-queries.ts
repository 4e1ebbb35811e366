/**
 * The three operations of the GraphQL benchmark, in the words of both servers, and how an answer of PostGraphile reads in
 * Koppel's words. Beside names, the two write some values differently: decimals are compared by value, moments as instants,
 * and cursors only by whether there is one.
 */
export interface BenchQuery {
  readonly name: string;
  readonly koppel: string;
  readonly peer: string;
  /** The answer of PostGraphile in the shape of Koppel's. */
  readonly renamed: (data: Loose) => object;
}

/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-argument */
// Answers are walked as they come; whatever differs fails the comparison.
export type Loose = any; // eslint-disable-line @typescript-eslint/no-explicit-any

const price = ({ priceAmount, priceCurrency }: Loose) => ({
  price: { gross: { amount: priceAmount, currency: priceCurrency } },
});

const variant = ({ priceAmount, priceCurrency, onHand, available, ...same }: Loose) => ({
  ...same,
  price: price({ priceAmount, priceCurrency }),
  stock: { onHand, available },
});

export const catalogueQuery: BenchQuery = {
  name: 'page of 20 products',
  koppel: `query Catalogue($after: String) { products(first: 20, after: $after) {
    nodes { id name brand variants(first: 10) { nodes { id sku gtin price { price { gross { amount currency } } } stock { onHand available } } } }
    pageInfo { hasNextPage endCursor } } }`,
  peer: `query Catalogue($after: Cursor) { allProducts(first: 20, after: $after, orderBy: ROW_ID_ASC) {
    nodes { id: rowId name brand variants(first: 10, orderBy: [POSITION_ASC, ROW_ID_ASC]) { nodes { id: rowId sku gtin priceAmount priceCurrency onHand available } } }
    pageInfo { hasNextPage endCursor } } }`,
  renamed: ({ allProducts: { nodes, pageInfo } }) => ({
    products: {
      nodes: nodes.map((node: Loose) => ({ ...node, variants: { nodes: node.variants.nodes.map(variant) } })),
      pageInfo,
    },
  }),
};

export const productQuery: BenchQuery = {
  name: 'product by SKU',
  koppel: `query Product($sku: String!) { product(by: { sku: $sku }) { id name brand description
    variants(first: 20) { nodes { id sku gtin isActive price { price { gross { amount currency } } } stock { onHand available } } } } }`,
  peer: `query Product($sku: String!) { variantBySku(sku: $sku) { product { id: rowId name brand description
    variants(first: 20, orderBy: [POSITION_ASC, ROW_ID_ASC]) { nodes { id: rowId sku gtin isActive priceAmount priceCurrency onHand available } } } } }`,
  renamed: ({ variantBySku: { product } }) => ({
    product: { ...product, variants: { nodes: product.variants.nodes.map(variant) } },
  }),
};

export const ordersQuery: BenchQuery = {
  name: 'page of 50 orders',
  koppel: `query Orders($after: String) { orders(first: 50, after: $after) {
    nodes { id type number status paymentStatus placedAt total { gross { amount currency } } customer { number displayName }
      lines(first: 10) { nodes { sku description quantity total { gross { amount } } } } }
    pageInfo { hasNextPage endCursor } } }`,
  peer: `query Orders($after: Cursor) { allOrders(first: 50, after: $after, orderBy: [PLACED_AT_DESC, ROW_ID_DESC]) {
    nodes { id: rowId type number status paymentStatus placedAt totalIncl currency customer { number displayName }
      lines(first: 10, orderBy: POSITION_ASC) { nodes { sku description quantity total } } }
    pageInfo { hasNextPage endCursor } } }`,
  renamed: ({ allOrders: { nodes, pageInfo } }) => ({
    orders: {
      nodes: nodes.map(({ totalIncl, currency, lines, ...same }: Loose) => ({
        ...same,
        total: { gross: { amount: totalIncl, currency } },
        lines: { nodes: lines.nodes.map(({ total, ...line }: Loose) => ({ ...line, total: { gross: { amount: total } } })) },
      })),
      pageInfo,
    },
  }),
}; // prettier-ignore

export const benchQueries = [catalogueQuery, productQuery, ordersQuery] as const;

/** The same value in one way of writing it. */
export function plain(name: string, value: Loose): Loose {
  if (Array.isArray(value)) return value.map((one) => plain(name, one));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, plain(key, value[key])]),
    );
  }
  if (name === 'endCursor') return value === null ? null : 'a cursor';
  if (name === 'placedAt') return new Date(value).toISOString();
  const isDecimal = ['amount', 'onHand', 'available', 'quantity'].includes(name);
  return isDecimal ? String(value).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : value; // prettier-ignore
}
