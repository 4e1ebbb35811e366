/**
 * Mappings that people make beside the shipped ones, on a stage that runs: a copy of one is used by nothing, is chosen for a system with the plan of
 * an analysis, stays while it is used, and explains what it did when it is gone.
 */
import { describe, expect, it } from '@jest/globals';
import { editOf, mappingShape, type MappingApi, type MappingDraft, type UserErrors } from './mapping-api.js';
import type { HubHandle } from './processes.js';
import type { Stage } from './stage.js';
import { until } from './wait.js';

/** A job that analyses a mapping. */
export interface Analysed {
  readonly id: string;
  readonly status: string;
  readonly error: string | null;
  readonly impact: {
    readonly planHash: string;
    readonly changed: number;
    readonly calls: number;
    readonly estimatedDuration: string | null;
    readonly evaluated: number;
    readonly newlyFailing: number;
    readonly inFlight: number;
  } | null;
}

interface Given {
  readonly hub: HubHandle;
  readonly stage: Stage;
  readonly api: MappingApi;
  analysed(input: object): Promise<Analysed>;
  /** SKUs of the records that an analysis says would be written. */
  predicted(job: string): Promise<readonly string[]>;
  /** When everything that the hub knows is written. */
  settled(): Promise<unknown>;
  /** When all that the till says now is in the shop, by the shipped mapping, and everything is written. */
  agreed(): Promise<void>;
}

export function describeOwnMappings(key: string, given: () => Given): void {
  describe('a mapping that people make', () => {
    const copy = 'softmaat-variant-short';
    interface Shown {
      readonly id: string;
      readonly key: string;
      readonly name: string;
      readonly isShipped: boolean;
      readonly deletedAt: string | null;
      readonly systems: readonly { readonly id: string }[];
      readonly usedBy: readonly { readonly key: string; readonly name: string }[];
      readonly versions: readonly { readonly number: number }[];
    }
    type Payload = UserErrors & { readonly mapping: Shown; readonly backfilledCount: number };
    const shape = 'mapping { id key name isShipped deletedAt systems { id } usedBy { key name } versions { number } }';
    const shown = async (id: string): Promise<Shown | null> =>
    (await given().hub.graphql<{ mapping: Shown | null }>(`query ($id: ID!) { mapping(id: $id) { ${shape.slice(10, -2)} } }`, { id })).mapping; // prettier-ignore
    const listed = async (): Promise<readonly string[]> =>
    (await given().hub.graphql<{ mappings: readonly { key: string }[] }>('{ mappings { key } }')).mappings.map((each) => each.key); // prettier-ignore
    const shortNames = async (): Promise<readonly string[]> =>
      (await given().stage.shop.records<{ name: string }>('products')).flatMap(({ name }) =>
        name.includes('(kort') ? [name] : [],
      );
    let systemId: string;
    /** Publishes the copy with names that end so; those of no other mapping do. */
    async function renamed(ending: string): Promise<void> {
      const now = await given().api.mapping(copy);
      const name = { target: 'name', kind: 'EXPRESSION', expression: `record.product.name + "${ending}"` };
      const rules = now.draft.rules.map((rule) => (rule['target'] === 'name' ? name : rule));
      const saved = await given().api.mutate<UserErrors & { mapping: MappingDraft }>('mappingDraftSave', `mapping { ${mappingShape} }`, { ...editOf(now), rules }); // prettier-ignore
      const note = { ...editOf(saved.mapping), note: ending };
      expect((await given().api.mutate<UserErrors>('mappingPublish', 'mapping { id }', note)).userErrors).toEqual([]);
    }

    it('is used by nothing, whatever its rules say', async () => {
      const [system] = await given().stage.ask<{ id: string }>(`select id from system where key = 'softmaat'`);
      systemId = system!.id;
      // Copied as it came with the product, whatever other tests have made of it.
      const back = { id: key, toVersion: 1, note: 'as shipped', then: 'BACKFILL_CHANGED' };
      expect((await given().api.mutate<UserErrors>('mappingRollback', 'mapping { id }', back)).userErrors).toEqual([]);
      await given().agreed();
      const made = await given().api.mutate<Payload>('mappingDuplicate', shape, {
        id: key,
        key: copy,
        name: 'Short names',
      });
      expect(made.userErrors).toEqual([]);
      expect(made.mapping).toMatchObject({ key: copy, name: 'Short names', isShipped: false, systems: [], usedBy: [] });
      expect(await given().api.mutate('mappingDuplicate', shape, { id: key, key: copy, name: 'Again' })).toMatchObject({
        mapping: null,
        userErrors: [{ code: 'TAKEN' }],
      });
      const before = (await given().stage.shop.ledger()).at(-1)?.seq ?? 0;
      await renamed(' (kort)');
      await given().stage.till.mutate('products', 3, 11);
      await until(async () => (await given().stage.shop.ledger()).some(({ seq }) => seq > before) || undefined, { what: 'the edits of the till', timeoutMs: 20_000 }); // prettier-ignore
      // All of them: what is still to be read would be written after the next analysis, and not be in it.
      await given().agreed();
      expect(await shortNames()).toEqual([]);
    }, 60_000);

    it('is what the system uses once it is chosen, which writes exactly what the analysis said', async () => {
      const input = { mappingId: copy, systemId };
      const early = (await given().analysed(input)).impact?.planHash;
      await renamed(' (korter)');
      expect(await given().api.mutate('mappingChoose', shape, { id: copy, systemId, planHash: early })).toMatchObject({ mapping: null, userErrors: [{ code: 'VERSION_CONFLICT' }] }); // prettier-ignore
      const choose = async (): Promise<{ chosen: Payload; expected: readonly string[]; before: number }> => {
        const { id, impact } = await given().analysed(input);
        const expected = await given().predicted(id);
        const before = (await given().stage.shop.ledger()).at(-1)?.seq ?? 0;
        const asked = { id: copy, systemId, planHash: impact?.planHash, then: 'BACKFILL_CHANGED' };
        const chosen = await given().api.mutate<Payload>('mappingChoose', `${shape} backfilledCount`, asked);
        // News from the till may still have come in between; what was shown does not hold then.
        if (chosen.userErrors[0]?.code !== 'VERSION_CONFLICT') return { chosen, expected, before };
        await given().settled();
        return choose();
      };
      const { chosen, expected, before } = await choose();
      expect(chosen.userErrors).toEqual([]);
      expect(expected.length).toBeGreaterThan(20);
      expect(chosen.mapping).toMatchObject({ systems: [{ id: systemId }], usedBy: [{ key: expect.stringContaining('products') }] }); // prettier-ignore
      expect((await shown(key))?.usedBy).toEqual([]);
      await given().settled();
      const written = (await given().stage.shop.ledger()).filter(({ seq }) => seq > before);
      expect(written.map(({ key: sku }) => sku).sort()).toEqual(expected);
      const [intent] = await given().stage.ask(`select detail ->> 'mappingKey' as key, detail ->> 'mapping' as version from journal where step = 'intent' and entity = 'variant' order by position desc limit 1`); // prettier-ignore
      expect(intent).toEqual({ key: copy, version: '3' });
      expect((await shortNames()).length).toBeGreaterThan(20);
    }, 90_000);

    it('stays while a system uses it, and explains what it did when it is gone', async () => {
      const { userErrors } = await given().api.mutate<UserErrors>('mappingDelete', 'deletedId', {
        id: copy,
        confirmation: copy,
      });
      const flow = (await shown(copy))!.usedBy[0]!.name;
      expect(userErrors).toMatchObject([{ code: 'IN_USE', message: expect.stringContaining(flow) }]);
      expect(await given().api.mutate('mappingDelete', 'deletedId', { id: key, confirmation: key })).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] }); // prettier-ignore

      const back = await given().api.mutate<Payload>('mappingChoose', `${shape} backfilledCount`, { id: key, systemId, then: 'BACKFILL_CHANGED' }); // prettier-ignore
      expect(back.userErrors).toEqual([]);
      expect(back.backfilledCount).toBeGreaterThan(20);
      expect(back.mapping.usedBy).toHaveLength(1);
      await given().settled();
      expect(await shortNames()).toEqual([]);

      const { id } = (await shown(copy))!;
      expect(await given().api.mutate('mappingDelete', 'deletedId', { id: copy, confirmation: 'x' })).toMatchObject({ userErrors: [{ code: 'CONFIRMATION_REQUIRED' }] }); // prettier-ignore
      expect(await given().api.mutate('mappingDelete', 'deletedId', { id: copy, confirmation: copy })).toEqual({ deletedId: id, userErrors: [] }); // prettier-ignore
      expect(await listed()).not.toContain(copy);
      expect(await shown(id)).toMatchObject({ name: 'Short names', deletedAt: expect.any(String), systems: [], versions: [{ number: 3 }, { number: 2 }, { number: 1 }] }); // prettier-ignore
      const edit = { ...editOf(await given().api.mapping(id)), rules: [] };
      expect(await given().api.mutate('mappingDraftSave', 'mapping { id }', edit)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] }); // prettier-ignore
      const { auditEntries } = await given().hub.graphql<{ auditEntries: { nodes: object[] } }>(
        `{ auditEntries(first: 5, filter: { subjectId: "${id}" }) { nodes { action subjectLabel } } }`,
      );
      expect(auditEntries.nodes[0]).toEqual({ action: 'mappingDelete', subjectLabel: 'Short names' });
      expect(await given().api.mutate('mappingDuplicate', shape, { id: key, key: copy, name: 'Once more' })).toMatchObject({ userErrors: [{ code: 'TAKEN' }] }); // prettier-ignore
    }, 90_000);

    it('may be begun from nothing, and is chosen only when it is right', async () => {
      const input = { key: 'empty-variants', name: 'From nothing', systemId, direction: 'OUTBOUND', entity: 'variant', fromTemplate: false }; // prettier-ignore
      const made = await given().api.mutate<Payload>('mappingCreate', shape, input);
      expect(made).toMatchObject({ userErrors: [], mapping: { isShipped: false, name: 'From nothing' } });
      const wrong = await given().api.mutate<UserErrors>('mappingChoose', shape, { id: input.key, systemId });
      expect(wrong.userErrors).toMatchObject([{ code: 'INVALID', message: expect.stringContaining('empty-variants') }]);
      const full = { ...input, key: 'full-variants', fromTemplate: true };
      expect(await given().api.mutate('mappingCreate', shape, full)).toMatchObject({ userErrors: [] });
      const rules = 'rules { target kind source }';
      const { mapping } = await given().hub.graphql<{ mapping: { draft: object; shipped: object } }>(
        `{ mapping(id: "full-variants") { draft { ${rules} } shipped { ${rules} } } }`,
      );
      expect(mapping.draft).toEqual(mapping.shipped);
      const sample = { payload: { sku: '1' } };
      const test = { mappingId: 'full-variants', name: 'Nothing but a SKU', operation: 'CREATE', sample };
      expect(await given().api.mutate('mappingTestSave', 'test { name }', test)).toMatchObject({ userErrors: [] });
      const copied = { id: 'full-variants', key: 'tested-variants', name: 'With tests', withTests: true };
      expect(await given().api.mutate('mappingDuplicate', `testCount mapping { tests { name isPassed } }`, copied)).toMatchObject({ testCount: 1, mapping: { tests: [{ name: test.name, isPassed: true }] }, userErrors: [] }); // prettier-ignore
      const [till] = await given().stage.ask<{ id: string }>(`select id from system where key = 'mpluskassa'`);
      for (const [change, code] of [
      [{ key: 'Bad key' }, 'INVALID'],
      [{ key: 'no-name', name: ' ' }, 'BLANK'],
      [{ key: 'no-kind', entity: 'moon' }, 'INVALID'],
    ] as const)
      expect(await given().api.mutate('mappingCreate', shape, { ...input, ...change })).toMatchObject({ mapping: null, userErrors: [{ code }] }); // prettier-ignore
      expect(await given().api.mutate('mappingChoose', shape, { id: 'full-variants', systemId: till!.id })).toMatchObject({ userErrors: [{ code: 'INVALID' }] }); // prettier-ignore
    }, 30_000);
  });
}
