/**
 * How long tests wait for what must come, before they say that it does not. A limit of this kind promises nothing about the product, so
 * where a machine has little time for the tests (`KOPPEL_TEST_PATIENCE` times what is usual) it is longer; what is measured keeps its limits.
 * The time that Jest gives a test goes with it (environment.mjs).
 */
import { availableParallelism, loadavg } from 'node:os';

const times = Number(process.env['KOPPEL_TEST_PATIENCE'] ?? '1');
/** What is shorter is a look whether something has happened already, or a promise. */
const shortestMs = 10_000;

export const patient = (ms: number): number => (ms < shortestMs ? ms : ms * times);

/** Processes that wait for each processor, 1 at least: where others have it too, everything that is measured takes so many times longer. */
export const busyness = (): number => Math.max(1, loadavg()[0]! / availableParallelism());

/** Milliseconds of the processor that something takes: the shortest of three tries, as others have the machine too. */
export const shortestOfThreeMs = (run: () => unknown): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const from = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1_000;
    }),
  );
