/**
 * Debtors and the contacts below them. Neither has a unique field: a repeated call makes a second record. A debtor changes
 * with its contacts, so that whoever reads what changed sees them too. `op` is the client's operation; null when a person
 * did it.
 */
import { refuseWhenWrong, type FieldProblem, type Row, textOf } from './answers.js';
import { checkBody } from './field-check.js';
import { contactTable, debtorTable } from './fields.js';
import { hasMaster } from './master-data.js';
import type { Shop } from './shop.js';

export function createDebtor(shop: Shop, body: unknown, op: string | null = 'createDebtor'): Row {
  const { values, problems } = checkBody(debtorTable, body, true);
  refuseWhenWrong([...problems, ...(problems.length > 0 ? [] : debtorProblems(values))]);
  const number = String(shop.nextNumber('debtor number', 10_001));
  const id = shop.newId('debtors', undefined);
  return shop.save('debtors', id, { id, number, ...values }, op ?? undefined);
}

export function changeDebtor(shop: Shop, before: Row, body: unknown, op: string | null = 'changeDebtor'): Row {
  const { values, problems } = checkBody(debtorTable, body, false);
  refuseWhenWrong([...problems, ...(problems.length > 0 ? [] : debtorProblems({ ...before, ...values }))]);
  return shop.save('debtors', textOf(before['id']), values, op ?? undefined);
}

function debtorProblems(debtor: Row): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const needed = debtor['kind'] === 'company' ? 'companyName' : 'lastName';
  if ((debtor[needed] ?? '') === '') {
    problems.push({ pointer: `/${needed}`, code: 'required', message: `is required for a ${textOf(debtor['kind'])}` });
  }
  const term = debtor['paymentTermCode'] ?? null;
  if (term !== null && !hasMaster('payment-terms', term)) {
    problems.push({
      pointer: '/paymentTermCode',
      code: 'unknown_payment_term',
      message: `there is no payment term ${textOf(term)}`,
    });
  }
  return problems;
}

/** Contacts are stored with their debtor, which their answers do not repeat. */
export function shownContact(contact: Row): Row {
  const shown: Record<string, Row[string]> = { ...contact };
  delete shown['debtorId'];
  return shown;
}

export function createContact(shop: Shop, debtorId: string, body: unknown, op: string | null = 'createContact'): Row {
  const { values, problems } = checkBody(contactTable, body, true);
  refuseWhenWrong(problems);
  const id = shop.newId('contacts', undefined);
  const row = shop.save('contacts', id, { id, debtorId, ...values }, op ?? undefined);
  shop.touch('debtors', debtorId);
  return row;
}

export function changeContact(shop: Shop, before: Row, body: unknown, op: string | null = 'changeContact'): Row {
  const { values, problems } = checkBody(contactTable, body, false);
  refuseWhenWrong(problems);
  const row = shop.save('contacts', textOf(before['id']), values, op ?? undefined);
  if (row['version'] !== before['version']) shop.touch('debtors', textOf(before['debtorId']));
  return row;
}
