/** What it takes to explain and to show a record with thousands of changes: statements, and with `KOPPEL_TEST_VERBOSE=1` the time. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { product } from './ingest-world.js';
import type { ExplainingHub } from './provenance-world.js';

export function describeLongHistory(given: () => ExplainingHub): void {
  describe('a record with thousands of changes', () => {
    const count = 5_000;
    let level: string;
    /** A stock level that is counted all day: each change ten microseconds after the one before it. */
    beforeAll(async () => {
      await given().take('products', [{ id: 'p9000', document: product('Rye 9000', ['900030']) }]);
      await given().take('locations', [{ id: 'l9000', document: { code: 'L9000', name: 'Main' } }]);
      await given().take('levels', [{ id: 's9000', document: { variant: 'v-900030', location: 'l9000', onHand: '0' } }]);
      level = await given().idOf('stock_level', `location_id = (select id from stock_location where code = 'L9000')`);
      await given().database.query(
        `with place as (update log_partition set next_offset = next_offset + $2 where topic = 'journal' and partition = 0 returning next_offset - $2 as first),
           made as (select max(at) as at, max(external_id) as id from journal where canonical_id = $1)
         insert into journal (position, at, trace_id, step, outcome, system, entity, canonical_id, external_id, detail)
         select place.first + i - 1, made.at + i * interval '10 microseconds', 'trc_many' || i, 'applied', 'updated', 'till', 'stock_level', $1, made.id,
           jsonb_build_object('version', i + 1, 'fields', array['onHand', 'asOf'], 'seenAt', '2026-03-01T10:00:00.000Z')
         from place, made, generate_series(1, $2::integer) i`,
        [level, count],
      );
      await given().database.query(
        `insert into log_entry (topic, partition, "offset", key, trace_id, payload)
         select 'canonical', 0, last.offset + i, $1, 'trc_many' || i,
           jsonb_build_object('version', i + 1, 'changes', jsonb_build_object('onHand', jsonb_build_array((i - 1)::text, i::text)))
         from (select coalesce(max("offset"), 0) as offset from log_entry where topic = 'canonical' and partition = 0) last, generate_series(1, $2::integer) i`,
        [level, count],
      );
      await given().database.query('update stock_level set version = $2::integer + 1, on_hand = $2::integer where id = $1', [level, count]);
      await given().database.query('analyze journal');
      await given().database.query('analyze log_entry');
    }, 60_000);

    /** What is answered, with how many statements, and the median of the time that it takes. */
    async function measured(what: string, query: string, variables: object = {}) {
      const times: number[] = [];
      let answer: Awaited<ReturnType<ExplainingHub['world']['ask']>> | undefined;
      given().world.statements();
      let statements = 0;
      for (let round = 0; round < 20; round++) {
        const begun = performance.now();
        answer = await given().world.ask(query, { id: level, ...variables });
        times.push(performance.now() - begun);
        statements = given().world.statements().length;
      }
      times.sort((a, b) => a - b);
      if (process.env['KOPPEL_TEST_VERBOSE'] === '1')
        process.stderr.write(`measured: ${what}: ${statements} statements, ${times[10]!.toFixed(1)} ms, at most ${times[19]!.toFixed(1)} ms\n`);
      return { statements, body: answer!.body };
    }
    const at = `query ($id: ID!, $at: DateTime!, $basis: TimeBasis!) { entityAt(id: $id, at: $at, basis: $basis) { version data } }`;

    it('is explained, and shown, in as few statements as any other', async () => {
      const asked = 'provenance(paths: $paths) { path changedAt system { key } event { id summary } mapping { id } owner { policy } }';
      const query = `query ($id: ID!, $paths: [String!]) { node(id: $id) { ... on Syncable { ${asked} } } }`;
      const one = await measured('one value', query, { paths: ['onHand'] });
      expect(one.body.data.node.provenance).toMatchObject([{ path: 'onHand', system: { key: 'till' } }]);
      const all = await measured('all values', query);
      expect(all.body.data.node.provenance.length).toBeGreaterThan(3);
      const history = await measured('the tab of its history', `query ($id: ID!) { node(id: $id) { ... on Syncable {
        changes: history(first: 100, filter: { isChange: true }) { totalCount { value } nodes { id occurredAt summary changes { path before after } actor { __typename } } }
        others: history(first: 25, filter: { isChange: false }) { nodes { id summary } } } } }`);
      expect(history.body.data.node.changes.nodes).toHaveLength(100);
      expect(Math.max(one.statements, all.statements, history.statements)).toBeLessThanOrEqual(12);
    });

    it('is known at a moment as far back as changes are gone over, and refused without reading them beyond', async () => {
      const [row] = await given().database.query<{ at: Date }>(`select date_trunc('milliseconds', at) as at from journal where canonical_id = $1 and (detail ->> 'version')::integer = $2`, [level, count - 1_500]);
      const [then] = await given().database.query<{ version: number }>(`select max((detail ->> 'version')::integer) as version from journal where canonical_id = $1 and date_trunc('milliseconds', at) <= $2`, [level, row!.at]);
      const near = await measured('the record 1,500 changes ago', at, { at: row!.at.toISOString(), basis: 'KNOWN_TO_HUB' });
      expect(near.body.data.entityAt).toMatchObject({ version: then!.version, data: { onHand: String(then!.version - 1) } });
      const far = await measured('the record 5,000 changes ago', at, { at: '2026-03-01T11:00:00.000Z', basis: 'TRUE_IN_SOURCE' });
      expect(far.body.errors[0]).toMatchObject({ extensions: { code: 'MOMENT_TOO_FAR' } });
      expect(Math.max(near.statements, far.statements)).toBeLessThanOrEqual(8);
    });
  }); // prettier-ignore
}
