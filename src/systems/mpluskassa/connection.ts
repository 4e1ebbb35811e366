/** Who answers at the address, and whether everything that the hub needs is there. In: the calls. Out: account, checks for people. */
import { contentHash } from '../../base/content-hash.js';
import type { Document, Json } from '../../base/document.js';
import { asKoppelError, KoppelError } from '../../base/errors.js';
import type { Account, ConnectionCheck } from '../system.js';
import type { Api } from './api.js';
import type { Settings } from './settings.js';

/**
 * The licence names the administration. Where this call is not allowed or not there yet, address and lowest branch must
 * do: they tell two administrations apart, but not a copy of one from the original.
 */
export async function readAccount(api: Api, settings: Settings, signal: AbortSignal): Promise<Account> {
  const licence = await readLicence(api, signal);
  const { currency, country } = settings;
  const company = textIn(licence, 'companyName');
  const key = textIn(licence, 'obscuredLicenseKey');
  if (company !== '' || key !== '') {
    const name = [company, textIn(licence, 'city')].filter(Boolean).join(', ');
    return { name: name === '' ? 'MplusKASSA' : name, fingerprint: contentHash({ company, key }), currency, country };
  }
  const branches = listIn(await api.ask('getBranches', {}, signal), 'branches');
  const lowest = [...branches].sort((a, b) => Number(a['branchNumber']) - Number(b['branchNumber']))[0];
  const name = lowest === undefined ? 'MplusKASSA' : textIn(lowest, 'branchName');
  const fingerprint = contentHash({ address: settings.url.host, branch: lowest?.['branchNumber'] ?? null });
  return { name, fingerprint, currency, country };
}

async function readLicence(api: Api, signal: AbortSignal): Promise<Document> {
  try {
    return await api.ask('getLicenseInformation', {}, signal);
  } catch (thrown) {
    // Only a refusal of this one call is no obstacle; trouble with connection or credentials is.
    const refused =
      thrown instanceof KoppelError && (thrown.code === 'UNEXPECTED' || thrown.code === 'PERMISSION_MISSING');
    if (refused) return {};
    throw thrown;
  }
}

interface Check {
  readonly name: string;
  readonly run: () => Promise<{ readonly status?: 'warn'; readonly message: string; readonly hint?: string }>;
}

/** One line per check; after the first failure of connection or credentials the rest is not tried. */
export async function checkConnection(
  api: Api,
  settings: Settings,
  signal: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const results: ConnectionCheck[] = [];
  for (const { name, run } of checks(api, settings, signal)) {
    try {
      const { status = 'pass', message, hint } = await run();
      const about = status === 'pass' ? {} : { settings: settingsOf[name] ?? [] };
      results.push({ name, status, message, ...about, ...(hint === undefined ? {} : { hint }) });
    } catch (thrown) {
      const error = asKoppelError(thrown);
      const about = error.class === 'auth' ? 'credentials' : error.class === 'environment' ? 'address' : name;
      const found = { name, status: 'fail', message: error.message, hint: error.hint } as const;
      results.push({ ...found, settings: settingsOf[about] ?? [] });
      if (error.class === 'auth' || error.code === 'SYSTEM_UNREACHABLE' || error.code === 'SYSTEM_TIMEOUT') break;
    }
  }
  return results;
}

/** What to look at when a check does not pass. */
const settingsOf: Readonly<Record<string, readonly string[]>> = {
  address: ['url'],
  credentials: ['ident', 'secret'],
  branches: ['branches'],
};

function checks(api: Api, settings: Settings, signal: AbortSignal): readonly Check[] {
  return [
    {
      name: 'address',
      run: async () =>
        (await api.answers(signal))
          ? { message: 'The address answers as MplusKASSA does.' }
          : {
              status: 'warn',
              message: 'Something answers at the address, but not in the way of MplusKASSA.',
              hint: 'Check host and port; a proxy or another service may be answering.',
            },
    },
    {
      name: 'credentials',
      run: async () => {
        const version = await api.ask('getApiVersion', {}, signal);
        const parts = ['serviceMajorNumber', 'serviceMinorNumber', 'serviceRevisionNumber'].map(
          (part) => version[part],
        );
        const release = parts.filter((part) => part !== undefined).join('.');
        return { message: `The credentials are accepted by release ${release === '' ? 'unknown' : release}.` };
      },
    },
    { name: 'branches', run: async () => checkBranches(await api.ask('getBranches', {}, signal), settings) },
    {
      name: 'changes',
      run: async () => {
        const markers = await api.ask('getCurrentSyncMarkers', {}, signal);
        if (markers['stockId'] !== undefined)
          return { message: 'Changes of products, groups and stock can be followed.' };
        return {
          status: 'warn',
          message: 'This release does not tell the marker of stock changes.',
          hint: 'Stock cannot be followed until MplusKASSA is updated; products can.',
        };
      },
    },
    {
      name: 'products',
      run: async () => {
        const request = { pluNumbers: [], syncMarker: '0', syncMarkerLimit: 1 };
        await api.read('getProducts', { request }, signal);
        return { message: 'Products can be read.' };
      },
    },
  ];
}

function checkBranches(answer: Document, settings: Settings): Awaited<ReturnType<Check['run']>> {
  const found = listIn(answer, 'branches').map((branch) => branch['branchNumber']);
  const missing = (settings.branches ?? []).filter((branch) => !found.includes(branch));
  if (missing.length === 0) return { message: `There are ${found.length} branches: ${found.join(', ')}.` };
  return {
    status: 'warn',
    message: `The branches ${missing.join(', ')} of the settings do not exist; there are ${found.join(', ')}.`,
    hint: 'Correct the list of branches in the settings.',
  };
}

const textIn = (document: Document, field: string): string => {
  const value: Json | undefined = document[field];
  return typeof value === 'string' ? value.trim() : '';
};

const listIn = (document: Document, field: string): readonly Document[] =>
  (document[field] as readonly Document[] | undefined) ?? [];
