/** Which account answers, and whether it can be worked with. */
import { asKoppelError } from '../../base/errors.js';
import { contentHash } from '../../base/content-hash.js';
import type { Document } from '../../base/document.js';
import type { Account, ConnectionCheck } from '../system.js';
import { unexpected, type Api } from './api.js';
import { accountShape, problemIn } from './shapes.js';
import { textOf } from './json-text.js';

export async function readAccount(api: Api, signal: AbortSignal): Promise<Account> {
  const account = await accountDocument(api, signal);
  const { id, name, country, currency } = account as { id: string; name: string; country: string; currency: string };
  const fingerprint = contentHash({ id, country, currency });
  return { name, fingerprint, currency, country };
}

async function accountDocument(api: Api, signal: AbortSignal): Promise<Document> {
  const account = await api.read('/account', {}, signal);
  const wrong = account === null ? 'there is no /account at this address' : problemIn(accountShape, account);
  if (account === null || wrong !== undefined) throw unexpected('GET /account', wrong ?? 'it is empty');
  return account;
}

/** One line per check; the checks after a failed one are left out, because they would only repeat it. */
export async function testConnection(api: Api, signal: AbortSignal): Promise<readonly ConnectionCheck[]> {
  const checks: ConnectionCheck[] = [];
  const step = async (name: string, check: () => Promise<ConnectionCheck>): Promise<boolean> => {
    try {
      checks.push(await check());
    } catch (thrown) {
      const error = asKoppelError(thrown);
      const about = { auth: ['token'], environment: ['url'] }[String(error.class)] ?? [];
      checks.push({ name, status: 'fail', message: error.message, hint: error.hint, settings: about });
    }
    return checks.at(-1)?.status !== 'fail';
  };
  const reached = await step('Account', async () => {
    const account = await accountDocument(api, signal);
    const version = textOf(account['apiVersion']);
    if (version === '1' || version.startsWith('1.')) {
      return {
        name: 'Account',
        status: 'pass',
        message: `${textOf(account['name'])}, ${textOf(account['country'])}, ${textOf(account['currency'])}`,
      };
    }
    const message = `The account speaks version ${version} of the API; the hub knows version 1.`;
    return {
      name: 'Account',
      status: 'warn',
      message,
      hint: 'Compare with docs/softmaat-openapi.yaml before relying on it.',
    };
  });
  if (!reached) return checks;
  for (const [name, path] of [
    ['Products', '/products'],
    ['Categories', '/categories'],
    ['Stock', '/stock'],
    ['Debtors', '/debtors'],
    ['Orders', '/orders'],
  ] as const) {
    await step(name, async () => {
      await api.read(path, { limit: '1' }, signal);
      return { name, status: 'pass', message: `${name} can be read.` };
    });
  }
  await step('Master data', () => checkMasterData(api, signal));
  return checks;
}

async function checkMasterData(api: Api, signal: AbortSignal): Promise<ConnectionCheck> {
  const counts: string[] = [];
  for (const [what, path] of [
    ['tax codes', '/tax-codes'],
    ['warehouses', '/warehouses'],
  ] as const) {
    const data = (await api.read(path, {}, signal))?.['data'];
    const count = Array.isArray(data) ? data.length : 0;
    if (count === 0)
      return {
        name: 'Master data',
        status: 'warn',
        message: `The account has no ${what}.`,
        hint: 'Products need tax codes, stock needs warehouses.',
      };
    counts.push(`${count} ${what}`);
  }
  return { name: 'Master data', status: 'pass', message: counts.join(', ') };
}
