/**
 * Writes orders. A new order goes with the operation's key as Idempotency-Key and with the hub's reference, which the system
 * lets nobody use twice. A change reads the order first and sends what differs; it never undoes what was done there since
 * the hub looked. What is refused as a whole goes in parts, so that payments still arrive and every refusal is seen. A line
 * of which something was shipped is never taken out: the order's lines stay, and that is told.
 */
import type { Document, Field, Json } from '../../base/document.js';
import { asKoppelError, KoppelError } from '../../base/errors.js';
import { says } from '../../base/says.js';
import type { HeldRecord, WriteOutcome, WriteRequest } from '../system.js';
import { refused, type Problem } from './answer.js';
import { unexpected, type Api } from './api.js';
import { fieldsOf, known } from './catalogue.js';
import { orderShape } from './debtor-shapes.js';
import { filtered, ifMatch, sure, type EntityTarget } from './entity-target.js';
import { versionOf } from './instant.js';
import { textOf } from './json-text.js';
import { objectsIn } from './order-derive.js';
import {
  alignedLines,
  linesToSend,
  ownPayments,
  paymentsToSend,
  shippedOfRemoved,
  withShipped,
} from './order-parts.js';
import { normalValue } from './normal-values.js';
import { wire, type Withheld } from './order-wire.js';
import { createBody, someAtOnce, updateBody } from './request-body.js';
import { systemName } from './settings.js';
import { problemIn } from './shapes.js';
import { outcomeOf, type ReadRow } from './write-outcome.js';

const path = '/orders';

export function makeOrderTarget(api: Api): EntityTarget {
  return {
    write: (requests, deadline, signal) =>
      someAtOnce(requests, (request) =>
        request.externalId === null
          ? place(api, request, deadline, signal)
          : change(api, request.externalId, { request, deadline, signal }),
      ),

    async find(sought, signal) {
      const read = readOrder(sought.document);
      if (sought.externalId !== null) {
        const row = await api.read(`${path}/${encodeURIComponent(sought.externalId)}`, {}, signal);
        return row === null ? null : sure(row, read, `GET ${path}`);
      }
      const externalReference = textOf(sought.document['externalReference']);
      if (externalReference === '') return null;
      const rows = await filtered(api, path, { externalReference }, signal);
      const same = rows.filter((row) => row['externalReference'] === externalReference);
      if (same.length > 1)
        throw unexpected(`GET ${path}`, `${same.length} orders have the reference ${externalReference}`);
      return same[0] === undefined ? null : sure(same[0], read, `GET ${path}`);
    },
  };
}

/** Lines in the order that was sought, and of the payments only those that the hub gives. */
const readOrder =
  (sought: Document): ReadRow =>
  (row) => {
    const wrong = problemIn(orderShape, row);
    if (wrong !== undefined) return wrong;
    const { payments, ...rest } = known('order', row);
    const document: Record<string, Json> = { ...rest, lines: alignedLines(row['lines'], sought['lines']) };
    const own = ownPayments(payments, sought['payments']);
    if (own.length > 0) document['payments'] = own;
    return { externalId: textOf(row['id']), key: textOf(row['number']), document, ...versionOf(row) };
  };

async function place(api: Api, request: WriteRequest, deadline: number, signal: AbortSignal): Promise<WriteOutcome> {
  const { deliveries: _, ...placed } = createBody('order', request.document);
  const { body, withheld } = wire(placed);
  if (withheld !== undefined) return { type: 'refused', error: errorOf(withheld) };
  const headers = { 'idempotency-key': request.opKey };
  const judged = await api.write({ method: 'POST', path, body, headers, deadline }, signal);
  return outcomeOf(request, judged, readOrder(request.document));
}

interface OneChange {
  readonly request: WriteRequest;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

async function change(api: Api, externalId: string, one: OneChange): Promise<WriteOutcome> {
  const { request, deadline, signal } = one;
  const at = `${path}/${encodeURIComponent(externalId)}`;
  const read = readOrder(request.document);
  let present: Document | null;
  let held: HeldRecord;
  try {
    present = await api.read(at, {}, signal, deadline);
    if (present === null) return { type: 'gone' };
    held = sure(present, read, `GET ${path}`);
  } catch (thrown) {
    // Only reading has happened so far.
    return { type: 'failed', error: asKoppelError(thrown) };
  }
  const problems: Problem[] = [];
  const send = async (body: Document): Promise<WriteOutcome> => {
    const headers = ifMatch(held.document);
    const judged = await api.write({ method: 'PATCH', path: at, body, headers, deadline }, signal);
    const outcome = outcomeOf(request, judged, read);
    if (outcome.type === 'refused' && judged.type === 'problem') problems.push(judged.problem);
    return outcome;
  };
  const { body, withheld } = differing(request, present, held);
  const parts = partsOf(body);
  const isLocked = ['shipped', 'completed', 'cancelled'].includes(textOf(present['status']));
  if (parts.length > 1 && !isLocked) {
    const outcome = await send(body);
    const kept = outcome.type === 'written' ? refusalOf([], withheld) : undefined;
    if (outcome.type === 'written' && kept !== undefined) return { type: 'refused', error: kept, held: outcome.held };
    if (outcome.type !== 'refused') return outcome;
    problems.length = 0;
  }
  let taken: HeldRecord | undefined;
  for (const part of parts) {
    const outcome = await send(part);
    if (outcome.type === 'written') held = taken = outcome.held;
    else if (outcome.type !== 'refused') return outcome;
  }
  const error = refusalOf(problems, withheld);
  if (error === undefined) return { type: 'written', created: false, held };
  return taken === undefined ? { type: 'refused', error } : { type: 'refused', error, held: taken };
}

/** All refusals as one. */
function refusalOf(problems: readonly Problem[], withheld: Withheld | undefined): KoppelError | undefined {
  const [first] = problems;
  const said =
    first === undefined ? undefined : refused({ ...first, errors: problems.flatMap(({ errors }) => errors) });
  if (withheld === undefined) return said;
  return errorOf(withheld, said === undefined ? undefined : String(said.values['what']));
}

/** `original`: what the system refused besides. */
const errorOf = ({ code, path, what }: Withheld, original?: string): KoppelError =>
  new KoppelError(
    code,
    { system: systemName, ...(what === undefined ? {} : { what }) },
    { path, ...(original === undefined ? {} : { original }) },
  );

interface Difference {
  readonly body: Document;
  /** What is not in the body, because the system does not take it. */
  readonly withheld: Withheld | undefined;
}

/** What of the changed fields the order does not say already, as it is sent. */
function differing(request: WriteRequest, present: Document, held: HeldRecord): Difference {
  const { deliveries, ...body } = updateBody('order', request);
  const differing: Record<string, Json> = {};
  for (const [name, value] of Object.entries(body)) {
    const field = fieldsOf('order').find((one) => one.name === name);
    const isSaid = says(normalValue(held.document[name] ?? null, field), normalValue(value, field));
    if (name === 'payments') {
      const payments = paymentsToSend(present['payments'], value, request.held?.document['payments']);
      if (!isSaid || payments.length !== objectsIn(present['payments']).length) differing[name] = payments;
    } else if (!isSaid && !isBehind(field, value, present[name], request.held?.document[name])) {
      differing[name] = name === 'lines' ? linesToSend(present['lines'], value) : value;
    }
  }
  const removed = differing['lines'] === undefined ? [] : shippedOfRemoved(present['lines'], body['lines']);
  const sent = removed.length === 0 ? differing : withoutLines(differing, present);
  if (sent['lines'] === undefined) {
    const lines = withShipped(present['lines'], deliveries);
    if (lines !== undefined) sent['lines'] = lines;
  }
  const wired = wire(sent);
  const shipped: Withheld = { code: 'SENT_WITHOUT_LINE', path: 'lines', what: removed.join(', ') };
  return removed.length === 0 ? wired : { body: wired.body, withheld: shipped };
}

/** Without what goes with the lines. An order that becomes shipped has all of its lines shipped, also the rest of this one. */
function withoutLines(body: Document, present: Document): Record<string, Json> {
  const ships =
    shippedStatuses.includes(textOf(body['status'])) && !shippedStatuses.includes(textOf(present['status']));
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !ofLines.includes(name) && !(ships && name === 'status')),
  );
}

/** The order was moved on since the hub looked: an older statement must not move it back. */
function isBehind(
  field: Field | undefined,
  wanted: Json,
  present: Json | undefined,
  before: Json | undefined,
): boolean {
  if (field?.values === undefined) return false;
  if (field.values.indexOf(textOf(wanted)) >= field.values.indexOf(textOf(present))) return false;
  return before === undefined ? field.advances === true : before !== present;
}

const afterShipping = ['paymentStatus', 'payments', 'note'];
const ofLines = ['lines', 'shippingCost', 'pricesIncludeTax', 'currency'];
const shippedStatuses = ['shipped', 'completed'];

/** What can be refused apart, in the order in which it is sent: what a shipped order still takes, head, lines, state. */
function partsOf(body: Document): readonly Document[] {
  const isOfHead = (name: string): boolean => ![...afterShipping, ...ofLines, 'status'].includes(name);
  return [
    (name: string) => afterShipping.includes(name),
    isOfHead,
    (name: string) => ofLines.includes(name),
    (name: string) => name === 'status',
  ]
    .map((isWanted) => Object.fromEntries(Object.entries(body).filter(([name]) => isWanted(name))))
    .filter((part) => Object.keys(part).length > 0);
}
