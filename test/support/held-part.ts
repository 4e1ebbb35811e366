/**
 * Holds one part of every exported file back in the database, so that whoever writes it is stuck in the middle for as long as a test wants.
 * What was sent before the writer died takes effect when the part is let go, as a statement does whose client is gone.
 */
import pg from 'pg';

export interface HeldPart {
  /** Whether somebody waits with that part. */
  isStuck(): Promise<boolean>;
  /** Lets it go, and holds nothing back any more. */
  letGo(): Promise<void>;
}

/** `place`: which part, the first is 0. */
export async function holdPart(databaseUrl: string, place: number): Promise<HeldPart> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`create function hold_part() returns trigger language plpgsql as $$
    begin if new.place = tg_argv[0]::integer then perform pg_advisory_xact_lock(47); end if; return new; end $$`);
  await client.query(`create trigger hold_part before insert on export_chunk for each row execute function hold_part(${place})`); // prettier-ignore
  await client.query('select pg_advisory_lock(47)');
  return {
    async isStuck() {
      const { rowCount } = await client.query(`select from pg_locks where locktype = 'advisory' and objid = 47 and not granted`); // prettier-ignore
      return rowCount !== 0;
    },
    async letGo() {
      await client.query('select pg_advisory_unlock(47)');
      await client.query('drop function hold_part cascade');
      await client.end();
    },
  };
}
