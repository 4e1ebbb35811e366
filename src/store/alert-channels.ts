/** Where people are told of alerts (table `alert_channel`). */
import type { AlertChannel } from '../schema/alert.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

export interface AlertChannelRow {
  readonly id: string;
  /** What a configuration file calls it; stays when its name changes. */
  readonly key: string;
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

const columns = 'id, key, kind, name, target, secrets, has_secret as "hasSecret", language, version';

/** All of them; there are few. */
export const listChannels = (query: Query): Promise<AlertChannelRow[]> =>
  selected(query, `select ${columns} from alert_channel order by created_at, id`);

/** Until COMMIT nobody else changes one of those that are there. */
export const lockChannels = (tx: Tx): Promise<unknown> =>
  tx.query('select 1 from alert_channel order by id for no key update');

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

/** A channel as far as a message needs it. */
export type ToldChannel = Omit<AlertChannelRow, 'key'>;

/** What people set of a channel. */
export type NewAlertChannel = Omit<AlertChannelRow, 'key' | 'version'>;

const values = (channel: NewAlertChannel): readonly unknown[] => [
  channel.id,
  channel.kind,
  channel.name,
  channel.target,
  channel.secrets,
  channel.language,
  channel.hasSecret,
];

/** Without a key it gets one from its name. */
export async function insertChannel(tx: Tx, channel: NewAlertChannel, key: string | null): Promise<void> {
  await tx.query(
    `insert into alert_channel (id, kind, name, target, secrets, language, has_secret, key)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [...values(channel), key],
  );
}

/** `isOther`: it leads somewhere else now, and nobody knows whether a message arrives there. */
export async function updateChannel(tx: Tx, channel: NewAlertChannel, isOther: boolean): Promise<void> {
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
