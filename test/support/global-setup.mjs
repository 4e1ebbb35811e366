/**
 * Jest runs this file outside its own module system, so it brings the TypeScript of the project in by itself. Starts the
 * Postgres of the tests.
 */
import { register } from 'node:module';

register('./typescript-loader.mjs', import.meta.url);

export default async function setup() {
  const { openTestWorld } = await import('./world.ts');
  globalThis.koppelCloseTestWorld = await openTestWorld(process.env['KOPPEL_TEST_DATABASE_URL']);
}
