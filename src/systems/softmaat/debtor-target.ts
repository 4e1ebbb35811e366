/**
 * Writes customers as debtors, and contacts under them. Neither is unique there, so the hub looks before it makes one: a
 * debtor by the reference that the hub gave it, then by e-mail; a contact by name and e-mail under its debtor, else by e-mail.
 */
import type { Document } from '../../base/document.js';
import { asKoppelError } from '../../base/errors.js';
import { comparable, onlyOrNamed } from '../only-or-named.js';
import type { HeldRecord, Sought, WriteOutcome, WriteRequest } from '../system.js';
import { unexpected, type Api, type WriteCall } from './api.js';
import { refused } from './answer.js';
import { known } from './catalogue.js';
import { addressesToSend } from './debtor-addresses.js';
import { contactsPath, readContacts } from './debtor-contacts.js';
import { contactShape, debtorShape } from './debtor-shapes.js';
import { filtered, ifMatch, someFiltered, sure, type EntityTarget } from './entity-target.js';
import { versionOf } from './instant.js';
import { textOf } from './json-text.js';
import { createBody, someAtOnce, updateBody } from './request-body.js';
import { problemIn } from './shapes.js';
import { outcomeOf, type ReadRow } from './write-outcome.js';

const path = '/debtors';

const readDebtor: ReadRow = (row) => {
  const wrong = problemIn(debtorShape, row);
  return (
    wrong ?? {
      externalId: textOf(row['id']),
      key: textOf(row['number']),
      document: known('debtor', row),
      ...versionOf(row),
    }
  );
};

const readContact =
  (debtorId: string): ReadRow =>
  (row) => {
    const wrong = problemIn(contactShape, row);
    return wrong ?? { externalId: textOf(row['id']), key: null, document: { ...known('contact', row), debtorId } };
  };

export function makeDebtorTarget(api: Api): EntityTarget {
  return {
    write: (requests, deadline, signal) =>
      someAtOnce(requests, async (request) => {
        const { externalId } = request;
        return externalId !== null && request.changed.includes('addresses')
          ? withAddresses(api, externalId, { request, deadline, signal })
          : outcomeOf(request, await api.write(debtorCall(request, deadline), signal), readDebtor);
      }),

    async find(sought, signal) {
      if (sought.externalId !== null) {
        const row = await api.read(`${path}/${encodeURIComponent(sought.externalId)}`, {}, signal);
        return row === null ? null : sure(row, readDebtor, `GET ${path}`);
      }
      const row = (await marked(api, sought, signal)) ?? (await sameEmail(api, sought, signal));
      return row === undefined ? null : sure(row, readDebtor, `GET ${path}`);
    },
  };
}

function debtorCall(request: WriteRequest, deadline: number): WriteCall {
  const { externalId, document, held } = request;
  if (externalId === null) return { method: 'POST', path, body: createBody('debtor', document), deadline };
  const at = `${path}/${encodeURIComponent(externalId)}`;
  return { method: 'PATCH', path: at, body: updateBody('debtor', request), headers: ifMatch(held?.document), deadline };
}

interface OneWrite {
  readonly request: WriteRequest;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

const mostReadings = 3;

/** Addresses are replaced as a whole: they are read first, so that what people have changed of them since the hub looked stays, and is theirs. */
async function withAddresses(
  api: Api,
  externalId: string,
  { request, deadline, signal }: OneWrite,
): Promise<WriteOutcome> {
  const at = `${path}/${encodeURIComponent(externalId)}`;
  const { document, held } = request;
  for (let reading = 1; ; reading++) {
    let present: Document | null;
    try {
      present = await api.read(at, {}, signal, deadline);
    } catch (thrown) {
      // Only reading has happened so far.
      return { type: 'failed', error: asKoppelError(thrown) };
    }
    if (present === null) return { type: 'gone' };
    const { addresses, keepsTheirs } = addressesToSend(document['addresses'], held?.document['addresses'], present['addresses']); // prettier-ignore
    const body = { ...updateBody('debtor', request), addresses };
    const judged = await api.write({ method: 'PATCH', path: at, body, headers: ifMatch(present), deadline }, signal);
    const outcome = outcomeOf(request, judged, readDebtor);
    if (outcome.type === 'stale' && reading < mostReadings) continue;
    return outcome.type === 'written' && keepsTheirs
      ? { ...outcome, held: { ...outcome.held, mayHoldEdits: true } }
      : outcome;
  }
}

/** Should two debtors carry the mark, the elder is the record; that there are two is told by who reads debtors. */
async function marked(api: Api, sought: Sought, signal: AbortSignal): Promise<Document | undefined> {
  const externalReference = textOf(sought.document['externalReference']);
  if (externalReference === '') return undefined;
  const rows = await filtered(api, path, { externalReference }, signal);
  const same = rows.filter((row) => row['externalReference'] === externalReference);
  return same.sort((a, b) => Number(textOf(a['number'])) - Number(textOf(b['number'])))[0];
}

const plain = (value: Document[string] | undefined): string => comparable(textOf(value));

/** Whether it is a company or a person. */
export const kindOf = (debtor: Document): string => plain(debtor['kind']);

/** The one debtor of that kind with that address; among several, the one with that name too; among more than a page, none. */
async function sameEmail(api: Api, sought: Sought, signal: AbortSignal): Promise<Document | undefined> {
  const { document } = sought;
  const email = textOf(document['email']).trim();
  if (sought.by === 'mark' || email === '') return undefined;
  const same = ((await someFiltered(api, path, { email }, signal)) ?? []).filter(
    (row) => plain(row['email']) === plain(email) && kindOf(row) === kindOf(document),
  );
  const name = document['kind'] === 'company' ? 'companyName' : 'lastName';
  return onlyOrNamed(same, (row) => textOf(row[name]), textOf(document[name]));
}

export function makeContactTarget(api: Api): EntityTarget {
  return {
    write: (requests, deadline, signal) =>
      someAtOnce(requests, async (request) => {
        const debtorId = textOf(request.document['debtorId']);
        const judged = await api.write(contactCall(request, debtorId, deadline), signal);
        // The debtor has gone: of a contact that is to be made, that is what is wrong with it.
        if (judged.type === 'problem' && judged.status === 404 && request.externalId === null)
          return { type: 'refused', error: refused(judged.problem) };
        return outcomeOf(request, judged, readContact(debtorId));
      }),

    async find(sought, signal): Promise<HeldRecord | null> {
      const debtorId = textOf(sought.document['debtorId']);
      if (debtorId === '') return null;
      const read = readContact(debtorId);
      if (sought.externalId !== null) {
        const at = `${contactsPath(debtorId)}/${encodeURIComponent(sought.externalId)}`;
        const row = await api.read(at, {}, signal);
        return row === null ? null : sure(row, read, 'GET a contact');
      }
      if (plain(sought.document['lastName']) === '') throw unexpected('a search for a contact', 'it has no last name');
      const contact = contactAmong((await readContacts(api, debtorId, signal)) ?? [], sought.document);
      return contact === undefined ? null : sure(contact, read, 'GET contacts of a debtor');
    },
  };
}

/**
 * The contact with the name and e-mail address that are sought; else the only one with that address, or, where none has an
 * address, the only one: somebody has another name there.
 */
function contactAmong(contacts: readonly Document[], { lastName, email }: Document): Document | undefined {
  const alike = contacts.filter((row) => plain(row['email']) === plain(email));
  const same = alike.find((row) => plain(row['lastName']) === plain(lastName));
  if (same !== undefined || alike.length !== 1) return same;
  return plain(email) !== '' || contacts.length === 1 ? alike[0] : undefined;
}

function contactCall(request: WriteRequest, debtorId: string, deadline: number): WriteCall {
  const { externalId, document, held } = request;
  const at = contactsPath(debtorId);
  if (externalId === null)
    return { method: 'POST', path: at, body: contactBody(createBody('contact', document)), deadline };
  const body = contactBody(updateBody('contact', request));
  return {
    method: 'PATCH',
    path: `${at}/${encodeURIComponent(externalId)}`,
    body,
    headers: ifMatch(held?.document),
    deadline,
  };
}

/** The debtor stands in the address of the request. */
function contactBody(body: Document): Document {
  const rest: Record<string, Document[string]> = { ...body };
  delete rest['debtorId'];
  return rest;
}
