/**
 * The SOAP side: transport, credentials, dispatch on the body element, faults. In: an HTTP request. Out: an HTTP answer;
 * whatever a behaviour changed is durable by then. Faults are HTTP 500 with `Client…` or `Server`, whatever they are about.
 *
 * Where public material is silent, this installation behaves like this (the adapter relies on none of it):
 * - whole percentages are whole percents, others hundredths; a VAT code has the rate of the country of the sale;
 * - a limited page holds the lowest markers, in no order; without a limit 1000 records; stockId is inclusive too;
 * - a product's marker is the highest of its articles, and pages are cut by product markers: who reads with a limit has to
 *   ask for all articles of the selected products, or misses articles whose own marker is below the cursor;
 * - a change of a product's text or groups counts as a change of all its articles; joining or leaving a group touches the
 *   group as well; adding, moving or deleting a group touches its parents; stock raises no article marker;
 * - groups at the top have the parent 0; a page of group changes names all direct children and products of a group;
 * - order, invoice and packing slip markers rise with every change (payment, delivery, invoicing, cancellation);
 * - setStock sets the physical amount (free + reserved); the history shows physical movements, a reservation is a line of 0;
 * - fields left out of updates are kept; sent lines replace stored ones, lines with a known lineId stay the same line;
 * - relation, employee, branches and articles of an order must exist; branch 0 is the first branch; an entry branch other
 *   than the first needs a workplace; external orders need an extOrderId, used ones stay used after a cancellation;
 * - `price` is what is charged per unit, incl. VAT for INCLUSIVE, `priceExcl` otherwise; a discount on the line is taken
 *   off after; totals are always calculated here, each line rounded once, half up;
 * - changeCounter and versionNumber are needed to save; an unchanged invoice is `FAILED` with a message;
 * - idempotency keys are kept for ever, refusals too, whatever the repeated call says otherwise;
 * - when createOrderV3 cannot book the payments the order stays, unpaid;
 * - an invoice saved without an order moves stock at once; a credit invoice takes the goods back;
 * - number filters of several kinds must all match; texts are kept as sent, whitespace included.
 */
import type { Document } from '../../src/base/document.js';
import {
  decodeRequest,
  encodeFault,
  encodeResponse,
  SoapFault,
  type OperationName,
} from '../../src/systems/mpluskassa/soap/codec.js';
import type { FailureStatus, SandboxRequest, SandboxResponse } from '../engine/sandbox-system.js';
import { ClientFault } from './behaviour.js';
import { behaviours, isNewOperation, takesKey } from './operations.js';
import type { Shop } from './shop.js';

/** The credentials of every sandbox; they protect nothing. */
export const credentials = { ident: 'koppel', secret: 'sandbox-secret' };

const xml = (status: number, body: string): SandboxResponse => ({
  status,
  headers: { 'content-type': 'text/xml; charset=utf-8', 'mplus-service-version': '67.1.3' },
  body,
});

export function handleSoap(shop: Shop, request: SandboxRequest): SandboxResponse {
  if (request.method !== 'POST') return plain(request.query.has('wsdl') || request.query.has('docs') ? 404 : 405);
  try {
    if (request.query.get('ident') !== credentials.ident || request.query.get('secret') !== credentials.secret) {
      throw new SoapFault('Client.Authentication', 'Ident or secret is not valid.');
    }
    return xml(200, answer(shop, request));
  } catch (error) {
    if (error instanceof SoapFault) return xml(500, encodeFault(error.code, error.text));
    if (error instanceof ClientFault) return xml(500, encodeFault('Client', error.message));
    process.stderr.write(`sandbox mpluskassa: ${error instanceof Error ? error.stack : String(error)}\n`);
    return failSoap(500, 'Internal error.');
  }
}

function answer(shop: Shop, request: SandboxRequest): string {
  const { operation, known, body } = decodeRequest(request.body);
  const behaviour = behaviours[operation];
  if (!known || behaviour === undefined || isMissing(shop, operation)) {
    throw new SoapFault('Client', `Method "${operation}" not implemented.`);
  }
  if (shop.switches.get('forbid')?.values.includes(operation)) {
    throw new SoapFault('Client.Authorization', `This ident may not call ${operation}.`);
  }
  const id = request.headers['x-request-id'];
  const requestId = typeof id === 'string' ? { requestId: id } : {};
  // Encoding is part of the transaction: an answer that cannot be given must not have changed anything.
  return shop.store.transaction(() => {
    const given = behaviour(shop, body, {
      operation,
      record: (type, key, extra) =>
        shop.store.record({ type, key, op: operation, ...requestId, ...(extra === undefined ? {} : { extra }) }),
    });
    const isEmptied = operation.startsWith('get') && shop.isOn('emptyLists');
    return encodeResponse(operation as OperationName, isEmptied ? withoutItems(given) : given);
  });
}

/** As an account answers that has lost its right to see anything. */
const withoutItems = (answer: Document): Document =>
  Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, Array.isArray(value) ? [] : value]));

const isMissing = (shop: Shop, operation: string): boolean =>
  (shop.isOn('oldRelease') && isNewOperation(operation)) || (shop.isOn('noIdempotency') && takesKey(operation));

const bodyElement = /<(?:[\w.-]+:)?Body[^>]*>\s*<(?:[\w.-]+:)?([\w.-]+)/;

/** The operation by the body element, without reading the whole request. */
export function soapOperation(request: SandboxRequest): string {
  return bodyElement.exec(request.body)?.[1] ?? '';
}

export function failSoap(status: FailureStatus, text: string): SandboxResponse {
  switch (status) {
    case 401:
      return xml(500, encodeFault('Client.Authentication', text));
    case 413:
      return plain(413);
    case 429:
      return plain(429);
    case 500:
      return xml(500, encodeFault('Server', text));
  }
}

function plain(status: number): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain', ...(status === 405 ? { allow: 'POST' } : {}) },
    body: `${status}\n`,
  };
}
