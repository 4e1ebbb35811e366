/** Ends statements that nobody waits for any more, over a connection of its own: when statements are slow, all others are in use. */
import pg from 'pg';
import type { Clock } from '../base/clock.js';
import type { Logger } from '../base/logger.js';

const againMs = 100;

export interface Cancelling {
  /**
   * Cancels what a server process (its pid) is at. A cancellation that comes before the server has begun with a statement does nothing, so it
   * is sent again until `over` is aborted, once the statement has been answered. Resolves when none is sent or on its way any more.
   */
  cancel(backend: number | undefined, over: AbortSignal): Promise<void>;
  end(): Promise<void>;
}

export function openCancelling(
  settings: pg.PoolConfig,
  deps: { readonly clock: Clock; readonly logger: Logger },
): Cancelling {
  const pool = new pg.Pool({ ...settings, max: 1, application_name: `${settings.application_name ?? ''} cancel` });
  pool.on('error', (error) => deps.logger.debug({ err: error.message }, 'a connection for cancelling was lost'));
  return {
    async cancel(backend, over) {
      while (!over.aborted) {
        try {
          await pool.query('select pg_cancel_backend($1)', [backend]);
        } catch (error) {
          deps.logger.debug({ err: String(error) }, 'a statement could not be cancelled yet');
        }
        await deps.clock.sleep(againMs, over).catch(() => undefined);
      }
    },
    end: () => pool.end(),
  };
}
