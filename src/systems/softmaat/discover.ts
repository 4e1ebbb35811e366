/**
 * The characteristics that Softmaat's products have. The system keeps no list of them: any product may have any code, so what
 * there is is what products show. In: all products. Out: each code once for every kind of record that has characteristics.
 */
import type { DiscoveredField, Json } from '../../base/document.js';
import type { Api } from './api.js';
import { listOf, object, text } from './shapes.js';
import { scan } from './source.js';
import { detailsOf } from './streams.js';

const places = [
  { record: 'product', list: 'characteristics' },
  { record: 'product', list: 'variants.characteristics' },
  { record: 'variant', list: 'characteristics' },
];
const isReadable = listOf(object({ code: text }));

export async function discover(api: Api, signal: AbortSignal): Promise<readonly DiscoveredField[]> {
  const products = { ...detailsOf('products'), scanFields: 'id,updatedAt,characteristics' };
  const codes = new Set<string>();
  for await (const page of scan(api, products, signal)) {
    for (const { document } of page) for (const code of codesIn(document['characteristics'])) codes.add(code);
  }
  return [...codes]
    .sort()
    .flatMap((code) =>
      places.map(({ record, list }) => ({ record, path: `${list}.${code}`, type: 'text', label: code })),
    );
}

/** One product that cannot be read hides nothing of the others. */
function codesIn(characteristics: Json | undefined): readonly string[] {
  if (characteristics === undefined || !isReadable(characteristics)) return [];
  return (characteristics as readonly { readonly code: string }[]).flatMap(({ code }) => (code === '' ? [] : [code]));
}
