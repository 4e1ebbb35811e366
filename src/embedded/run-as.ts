/**
 * As whom the embedded Postgres runs. Postgres refuses to run as root, so root lends it the account `postgres`, or else
 * `nobody`; everybody else runs it as themselves. Says whether that account can reach a folder at all.
 */
import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname, parse } from 'node:path';
import { KoppelError } from '../base/errors.js';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The account to run Postgres as; undefined when the present one will do. */
export function accountForPostgres(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n').map(parseAccount);
  const found = ['postgres', 'nobody'].map((name) => accounts.find((account) => account?.name === name));
  const account = found.find((candidate) => candidate !== undefined && candidate.uid !== 0);
  if (account === undefined) {
    throw new KoppelError('EMBEDDED_UNSUPPORTED', {
      what: 'root, because there is neither a user postgres nor nobody',
    });
  }
  return account;
}

function parseAccount(line: string): Account | undefined {
  const [name, , uid, gid] = line.split(':');
  if (name === undefined || uid === undefined || gid === undefined) return undefined;
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** The first folder on the way to `path` that the account may not pass, if any. `path` itself is the last one checked. */
export function blockingFolder(path: string, account: Account | undefined): string | undefined {
  if (account === undefined) return undefined;
  const folders: string[] = [];
  for (let folder = path; folder !== parse(folder).root; folder = dirname(folder)) folders.unshift(folder);
  return folders.find((folder) => !mayPass(folder, account));
}

function mayPass(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** Gives a file or folder to the account. */
export function giveTo(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
