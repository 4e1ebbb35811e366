/**
 * Node as the tests run in it. When a file has ended, whatever of it keeps the process alive (sockets, servers, processes, timers) is
 * its failure, by name: Jest itself only says that some worker did not end. What is just being closed has a moment to do so. Where tests
 * are to wait longer for what must come (patience.ts), they and their preparations have so much more time.
 */
import { createRequire } from 'node:module';
const { TestEnvironment } = createRequire(import.meta.url)('jest-environment-node');

/** Pipes lead to processes, which count themselves; those of the worker are opened when something is first said. */
const pipe = 'PipeWrap';
const patience = Number(process.env.KOPPEL_TEST_PATIENCE ?? '1');
const graceMs = 10_000 * patience;

/** How many of each kind keep the process alive. */
function openNow() {
  const found = new Map();
  for (const kind of process.getActiveResourcesInfo()) if (kind !== pipe) found.set(kind, (found.get(kind) ?? 0) + 1);
  return found;
}

export default class extends TestEnvironment {
  #before;
  #file;
  /** Tests and hooks that have their time already: some hooks run for each test. */
  #given = new WeakSet();

  constructor(config, context) {
    super(config, context);
    this.#file = context.testPath;
  }

  async setup() {
    await super.setup();
    this.#before = openNow();
  }

  handleTestEvent({ name, test, hook }, { testTimeout }) {
    const next = name === 'test_start' ? test : name === 'hook_start' ? hook : undefined;
    if (next === undefined || this.#given.has(next)) return;
    this.#given.add(next);
    next.timeout = (next.timeout ?? testTimeout) * patience;
  }

  async teardown() {
    const left = () =>
      [...openNow()].flatMap(([kind, count]) => {
        const more = count - (this.#before.get(kind) ?? 0);
        return more > 0 ? [`${more} ${kind}`] : [];
      });
    const until = performance.now() + graceMs;
    while (left().length > 0 && performance.now() < until) await new Promise((next) => setTimeout(next, 10));
    const open = left();
    await super.teardown();
    if (open.length > 0) throw new Error(`${this.#file} has ended and left open: ${open.join(', ')}`);
  }
}
