/**
 * The SOAP 1.1 messages of MplusKASSA between text and documents, driven by tables (operations.ts, types-*.ts, enums.ts).
 * Adapter and sandbox share it: one encodes what the other decodes.
 *
 * A body document holds what stands inside of the operation's element, by the vendor's names: most calls have
 * `{ request: {...} }`, some have direct parameters (`{ orderId }`, `{ product: {...} }`); answers have their fields.
 *
 * | in XML                    | in documents                                                                            |
 * |---------------------------|-----------------------------------------------------------------------------------------|
 * | str, base64, enumerations | text; an unknown enumeration value is a value problem                                   |
 * | int, short, uint          | number                                                                                  |
 * | long (ids, markers, cents, scaled quantities) | text of digits, never a number; writing accepts safe numbers as well |
 * | dec                       | text as it came                                                                         |
 * | bool                      | true, false (1 and 0 are read too; written as words)                                    |
 * | date                      | `YYYY-MM-DD`                                                                            |
 * | dateTime                  | ISO instant in UTC                                                                      |
 * | MDate                     | `YYYY-MM-DD`, null for 0/0/0                                                            |
 * | MDateTime                 | ISO instant in UTC (wall clock of Europe/Amsterdam), null for 0/0/0                     |
 * | list wrapper              | list of its items; `[]` when empty, and when a required one is missing                  |
 * | repeated element          | list; when there is none: `[]` in answers, absent in requests                           |
 * | empty number or date      | absent                                                                                  |
 *
 * Writing: absent optional fields are left out, missing required texts are empty pairs, a missing scale of a given number
 * is written as 0 (`decimalPlaces` and its kin).
 *
 * Guarantee: a text that was cut anywhere throws INCOMPLETE_RESPONSE; another thing than the answer to this operation
 * throws UNEXPECTED_RESPONSE; a Fault throws SoapFault. Callers cap the size.
 */
import type { Document } from '../../../base/document.js';
import { KoppelError } from '../../../base/errors.js';
import { decodeObject, type Decoded, type ValueProblem } from './decode.js';
import { encodeObject } from './encode.js';
import type { OperationName } from './operations.js';
import { operations } from './schema.js';
import { readXml, XmlError, type XmlElement } from './xml-reader.js';
import { element, envelope, escapeText } from './xml-writer.js';

export { operations, type OperationName };
export type { Decoded, ValueProblem };

const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
const vendorNamespace = 'urn:mplusqapi';

/** The other side answered (or is to be answered) with a SOAP fault. `code` has no prefix: `Client.Authentication`. */
export class SoapFault extends Error {
  constructor(
    readonly code: string,
    readonly text: string,
  ) {
    super(`${code}: ${text}`);
    this.name = 'SoapFault';
  }
}

export interface DecodedRequest {
  readonly operation: string;
  /** False when the operation is not in the table; its body is empty then. */
  readonly known: boolean;
  readonly body: Document;
}

export const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);

/** A request as the adapter sends it. */
export function encodeRequest(operation: OperationName, body: Document): string {
  return envelope('ns1:', element('ns1:', operation, encodeObject(body, operations[operation].request, 'ns1:')));
}

/** A request as the sandbox receives it. Throws SoapFault `Client` when it is malformed or a value is wrong. */
export function decodeRequest(xml: string): DecodedRequest {
  const fail = (_: 'incomplete' | 'unexpected', what: string): Error =>
    new SoapFault('Client', `The request is not valid: ${what}.`);
  const call = contentOf(xml, fail);
  if (call.namespace !== vendorNamespace) throw fail('unexpected', `${call.name} is in another namespace`);
  if (!isOperation(call.name)) return { operation: call.name, known: false, body: {} };
  const { body, problems } = decodeObject(call, operations[call.name].request, 'absent');
  const first = problems[0];
  if (first !== undefined) throw fail('unexpected', `${first.path}: ${first.message}`);
  return { operation: call.name, known: true, body };
}

/** An answer as the sandbox gives it. */
export function encodeResponse(operation: OperationName, body: Document): string {
  const { responseElement, response } = operations[operation];
  return envelope('ns:', element('ns:', responseElement, encodeObject(body, response, 'ns:')));
}

/** An answer in which every value can be read; else UNEXPECTED_RESPONSE with the path. */
export function decodeResponse(operation: OperationName, xml: string): Document {
  const { body, problems } = decodePage(operation, xml);
  const first = problems[0];
  if (first === undefined) return body;
  throw unexpected(operation, `${first.path}: ${first.message}`);
}

/** An answer with the values that could not be read listed beside it, for callers that park single records. */
export function decodePage(operation: OperationName, xml: string): Decoded {
  const fail = (kind: 'incomplete' | 'unexpected', what: string): Error =>
    kind === 'incomplete'
      ? new KoppelError('INCOMPLETE_RESPONSE', { system: 'MplusKASSA', operation, what })
      : unexpected(operation, what);
  const answer = contentOf(xml, fail);
  if (answer.name === 'Fault' && answer.namespace === soapNamespace) throw faultOf(answer);
  const { responseElement, response } = operations[operation];
  if (answer.name !== responseElement || answer.namespace !== vendorNamespace) {
    throw fail('unexpected', `it holds ${answer.name} instead of ${responseElement}`);
  }
  return decodeObject(answer, response, 'empty');
}

/** A fault. `code` may have the prefix of the envelope or none. */
export function encodeFault(code: string, text: string): string {
  const qualified = code.includes(':') ? code : `SOAP-ENV:${code}`;
  const parts = `<faultcode>${escapeText(qualified)}</faultcode><faultstring>${escapeText(text)}</faultstring>`;
  return envelope('', `<SOAP-ENV:Fault>${parts}</SOAP-ENV:Fault>`);
}

/** The one element inside of Body. */
function contentOf(xml: string, fail: (kind: 'incomplete' | 'unexpected', what: string) => Error): XmlElement {
  let root: XmlElement;
  try {
    root = readXml(xml);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw fail(error.kind === 'incomplete' ? 'incomplete' : 'unexpected', error.message);
  }
  if (root.name !== 'Envelope' || root.namespace !== soapNamespace)
    throw fail('unexpected', `its root is ${root.name}`);
  const bodies = root.children.filter((child) => child.name === 'Body' && child.namespace === soapNamespace);
  const body = bodies[0];
  if (body === undefined || bodies.length > 1) throw fail('unexpected', 'it does not have one Body');
  const content = body.children[0];
  if (content === undefined || body.children.length > 1) throw fail('unexpected', 'its Body does not hold one element');
  return content;
}

function faultOf(fault: XmlElement): SoapFault {
  const text = (name: string): string => fault.children.find((child) => child.name === name)?.text.trim() ?? '';
  const code = text('faultcode');
  return new SoapFault(code.slice(code.indexOf(':') + 1), text('faultstring'));
}

const unexpected = (operation: string, what: string): KoppelError =>
  new KoppelError('UNEXPECTED_RESPONSE', { system: 'MplusKASSA', operation, what });
