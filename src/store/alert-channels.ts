/** Where people are told of alerts (table `alert_channel`). */
import type { AlertChannel } from '../schema/alert.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

export interface AlertChannelRow {
  readonly id: string;
  readonly kind: AlertChannel['kind'];
  readonly name: string;
  /** As it is shown. */
  readonly target: string;
  readonly secrets: Buffer | null;
  /** Whether its messages are signed. */
  readonly hasSecret: boolean;
  /** In which it is written to. */
  readonly language: string;
  readonly version: number;
}

const columns = 'id, kind, name, target, secrets, has_secret as "hasSecret", language, version';

export async function findChannel(query: Query, id: string): Promise<AlertChannelRow | undefined> {
  const [row] = await selected<AlertChannelRow>(query, `select ${columns} from alert_channel where id = $1`, [id]);
  return row;
}

/** The channel, locked until COMMIT. */
export async function lockChannel(tx: Tx, id: string): Promise<AlertChannelRow | undefined> {
  const [row] = await selected<AlertChannelRow>(tx, `select ${columns} from alert_channel where id = $1 for update`, [
    id,
  ]);
  return row;
}

const values = (channel: Omit<AlertChannelRow, 'version'>): readonly unknown[] => [
  channel.id,
  channel.kind,
  channel.name,
  channel.target,
  channel.secrets,
  channel.language,
  channel.hasSecret,
];

export async function insertChannel(tx: Tx, channel: Omit<AlertChannelRow, 'version'>): Promise<void> {
  await tx.query(
    'insert into alert_channel (id, kind, name, target, secrets, language, has_secret) values ($1, $2, $3, $4, $5, $6, $7)',
    values(channel),
  );
}

/** `isOther`: it leads somewhere else now, and nobody knows whether a message arrives there. */
export async function updateChannel(
  tx: Tx,
  channel: Omit<AlertChannelRow, 'version'>,
  isOther: boolean,
): Promise<void> {
  await tx.query(
    `update alert_channel
     set kind = $2, name = $3, target = $4, secrets = $5, language = $6, has_secret = $7, version = version + 1, updated_at = now(),
       verified_at = case when $8 then null else verified_at end, last_error = case when $8 then null else last_error end
     where id = $1`,
    [...values(channel), isOther],
  );
}

/** Takes it out of the rules too. */
export async function deleteChannel(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update alert_rule set channels = array_remove(channels, $1), version = version + 1, updated_at = now()
     where $1 = any(channels)`,
    [id],
  );
  await tx.query('delete from alert_channel where id = $1', [id]);
}

/** What came of a message, if the channel still leads where it was sent; null: it went through. */
export async function noteDelivery(
  query: Query,
  { id, version }: Pick<AlertChannelRow, 'id' | 'version'>,
  error: string | null,
): Promise<void> {
  await query.query(
    `update alert_channel
     set last_error = $3, verified_at = case when $3::text is null then coalesce(verified_at, now()) else verified_at end
     where id = $1 and version = $2`,
    [id, version, error],
  );
}
