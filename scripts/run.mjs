/**
 * `node scripts/run.mjs <file below dist> [arguments]`: runs a built program. Installs packages when they are not those of the
 * lock file and builds when a source is newer than the last build, so that every npm script works on a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const sources = ['src', 'sandbox', 'bench', 'scripts', 'test/support', 'test/chaos', 'web'];
const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const stamp = join(root, 'dist', '.tsbuildinfo');

const isSource = (name) => /\.(tsx?|css|html)$/.test(name) && !name.endsWith('.test.ts');

/** Time of the newest source or setting below `path`. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  let time = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory() || isSource(entry.name)) {
      time = Math.max(time, newest(join(path, entry.name)));
    }
  }
  return time;
}

function npm(args, what) {
  process.stderr.write(`${what} …\n`);
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const shell = process.platform === 'win32';
  // Output goes to stderr: what the program itself prints must stay the only thing on stdout.
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell });
  if (result.status !== 0) {
    process.stderr.write(`npm ${args.join(' ')} failed${result.error ? `: ${result.error.message}` : ''}\n`);
    process.exit(result.status ?? 1);
  }
}

/** True when node_modules holds what package-lock.json asks for; only optional packages may be missing. */
function packagesAreCurrent() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = read(installed);
  return Object.entries(read(join(root, 'package-lock.json'))).every(
    ([name, wanted]) =>
      name === '' ||
      (present[name] === undefined ? wanted.optional === true : present[name].version === wanted.version),
  );
}

/** Makes sure that packages and dist/ are there and current. */
export function prepare(target) {
  if (!packagesAreCurrent()) npm(['ci'], 'Installing packages');
  const made = [stamp, join(root, 'dist', target), join(root, 'dist', 'web', '.built-from')];
  const built = made.every((path) => existsSync(path)) ? statSync(stamp).mtimeMs : 0;
  const changed = Math.max(...[...sources, ...settings].map((path) => newest(join(root, path))));
  if (changed <= built) return;
  npm(['run', '--silent', 'build'], 'Building');
  // The compiler leaves its stamp alone when a newer source says the same as before.
  if (existsSync(stamp)) utimesSync(stamp, new Date(), new Date());
}

/** Runs the program with our arguments, passes signals on and ends as it ends. */
export function run(target, args) {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist', target), ...args], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (process.argv[1] === import.meta.filename) {
  const [target, ...args] = process.argv.slice(2);
  if (target === undefined) {
    process.stderr.write('Usage: node scripts/run.mjs <file below dist> [arguments]\n');
    process.exit(64);
  }
  prepare(target);
  run(target, args);
}
