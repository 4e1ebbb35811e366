/** A Postgres for the time of one run, for tests, benchmarks and generated documents: its folder goes when it stops. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './postgres.js';

/** `unsafeFast` unless said otherwise: nobody misses this data after a power cut. */
export async function startThrowawayPostgres(
  options: Omit<EmbeddedPostgresOptions, 'dataDir'> = {},
): Promise<EmbeddedPostgres> {
  const root = mkdtempSync(join(tmpdir(), 'koppel-throwaway-'));
  // Started as root, Postgres runs as somebody else, who has to get here.
  chmodSync(root, 0o755);
  const postgres = await startEmbeddedPostgres({ unsafeFast: true, ...options, dataDir: join(root, 'data') });
  return {
    ...postgres,
    get pid() {
      return postgres.pid;
    },
    async stop() {
      await postgres.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
