/** What the first steps are read from, in one statement, and the steps that somebody has said are done (table `setup_step`). */
import type { Query } from './database.js';

/** How the hub stands, as far as the first steps are about it. */
export interface SetupFacts {
  readonly accounts: number;
  readonly systems: readonly { readonly key: string; readonly connector: string }[];
  readonly flows: readonly {
    readonly key: string;
    readonly source: string;
    readonly target: string;
    readonly state: string;
    readonly updatedAt: string;
  }[];
  /** The last trial run; null = there was none. */
  readonly trial: { readonly status: string; readonly flows: readonly string[]; readonly createdAt: string } | null;
  /** A rule of alerts tells somebody. */
  readonly isSomebodyTold: boolean;
  /** Steps that somebody has said are done. */
  readonly said: readonly string[];
}

export async function readSetupFacts(query: Query): Promise<SetupFacts> {
  const [row] = await query.query<SetupFacts & Record<string, unknown>>(
    `select
       (select count(*)::int from app_user where password_hash is not null) as accounts,
       (select coalesce(jsonb_agg(jsonb_build_object('key', key, 'connector', connector) order by created_at, key), '[]') from system) as systems,
       (select coalesce(jsonb_agg(jsonb_build_object('key', key, 'source', source, 'target', target, 'state', state,
          'updatedAt', updated_at) order by key), '[]') from flow) as flows,
       (select jsonb_build_object('status', status, 'flows', coalesce(input -> 'flows', '[]'), 'createdAt', created_at)
          from job where kind = 'TRIAL' order by created_at desc limit 1) as trial,
       exists (select from alert_rule where is_enabled and channels <> '{}') as "isSomebodyTold",
       array(select step from setup_step order by step) as said`,
  );
  return row!;
}

/** Somebody says that a step is done. */
export async function saySetupStep(query: Query, step: string, by: string): Promise<void> {
  await query.query('insert into setup_step (step, done_by) values ($1, $2) on conflict (step) do nothing', [step, by]);
}
