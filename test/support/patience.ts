/**
 * How long tests wait for what must come, before they say that it does not. A limit of this kind promises nothing about the product, so
 * where a machine has little time for the tests (`KOPPEL_TEST_PATIENCE` times what is usual) it is longer; what is measured keeps its limits.
 * The time that Jest gives a test goes with it (environment.mjs).
 */
const times = Number(process.env['KOPPEL_TEST_PATIENCE'] ?? '1');
/** What is shorter is a look whether something has happened already, or a promise. */
const shortestMs = 10_000;

export const patient = (ms: number): number => (ms < shortestMs ? ms : ms * times);
