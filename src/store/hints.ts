/** Hints between the processes of the hub, over NOTIFY: they only make somebody look sooner than he would have. */
import type { Query } from './database.js';

export const hintChannel = 'koppel_hint';

export async function sendHint(query: Query, payload: string): Promise<void> {
  await query.query(`select pg_notify('${hintChannel}', $1)`, [payload], 'hint-send');
}
