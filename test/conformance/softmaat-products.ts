/** Products of Softmaat for its conformance suite, made as a client would make them. */
import type { Document, Json } from '../../src/base/document.js';
import { sandboxToken } from '../../sandbox/softmaat/start.js';
import type { World } from './system-features.js';

export async function send(world: World, method: string, path: string, body: Json): Promise<Document> {
  const response = await fetch(`${world.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${sandboxToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Document;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

export const product = (sku: string, over: Document = {}): Document => ({
  sku,
  type: 'simple',
  name: `Mok ${sku} "<&>" é`,
  price: { amount: '4.95', currency: 'EUR', taxIncluded: true },
  taxCode: 'NL21',
  manageStock: true,
  ...over,
});

let fields = 0;
/** There is a characteristic when a product has it. */
export async function addField(world: World): Promise<string> {
  const code = `field ${++fields}.0`;
  const value = { code, value: 'some', unit: null };
  await send(world, 'POST', '/products', product(`F${fields}`, { characteristics: [value] }));
  return code;
}
