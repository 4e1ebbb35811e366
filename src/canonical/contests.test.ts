import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { rule, type Contest } from './contests.js';
import { decide } from './decide.js';
import { makeOwnership, type FieldOwner } from './ownership.js';
import type { CanonicalRecord } from './record.js';
import { afterWrite, newsOf } from './statements.js';

const at = '2026-11-01T00:00:00Z';

describe('a field about which people decide', () => {
  const shop = { system: 'shop', at, held: 'Tea', holder: 'till', contest: undefined };

  it('takes what one system has changed since they agreed', () => {
    expect(rule({ ...shop, value: 'Thee', last: 'Tea' })).toMatchObject({
      type: 'take',
      value: 'Thee',
      system: 'shop',
    });
    expect(rule({ ...shop, holder: 'shop', value: 'Thee', last: 'old' })).toMatchObject({ type: 'take' });
  });

  it('is contested when both have changed it, or when they never agreed', () => {
    const both = rule({ ...shop, value: 'Thee', last: 'Thé' });
    expect(both).toEqual({
      type: 'contested',
      contest: { base: 'Thé', claims: { till: { value: 'Tea', at: null }, shop: { value: 'Thee', at } } },
    });
    expect(rule({ ...shop, value: 'Thee', last: undefined })).toMatchObject({ contest: { base: undefined } });
  });

  it('is not contested by a system that has never had anything there, nor one that is empty by the first word of another', () => {
    expect(rule({ ...shop, value: null, last: undefined })).toEqual({ type: 'none' });
    const empty = { ...shop, held: null, value: 'Thee', last: undefined };
    expect(rule(empty)).toEqual({ type: 'take', value: 'Thee', system: 'shop', isOver: false });
    // Whoever empties what he had changes it, also when it is not known what he has said of it.
    expect(rule({ ...shop, holder: 'shop', value: null, last: undefined })).toMatchObject({
      type: 'take',
      value: null,
    });
    expect(rule({ ...shop, value: null, last: 'Thé' })).toMatchObject({ type: 'contested' });
  });

  it('is settled when the systems come round by themselves', () => {
    const claims = { till: { value: 'Tea', at: null }, shop: { value: 'Thee', at } };
    const contest: Contest = { base: 'Thé', claims };
    const said = (system: string, value: Json) => rule({ ...shop, system, value, last: 'x', contest });
    expect(said('shop', 'Tea')).toEqual({ type: 'take', value: 'Tea', system: 'till', isOver: true });
    expect(said('till', 'Thé')).toEqual({ type: 'take', value: 'Thee', system: 'shop', isOver: true });
    expect(said('shop', 'Thé')).toEqual({ type: 'take', value: 'Tea', system: 'till', isOver: true });
    expect(said('shop', 'Cha')).toMatchObject({ type: 'contested', contest: { claims: { shop: { value: 'Cha' } } } });
  });
});

/** One name of one product in two systems that are sources and targets of it, by the rules that the hub works by. */
class World {
  record: CanonicalRecord = {
    entity: 'product',
    id: 'prd_1',
    version: 1,
    fields: { name: 'base' },
    provenance: { '*': 'till' },
    isDeleted: false,
  };
  readonly held: Record<string, string> = { till: 'base', shop: 'base' };
  /** What the hub knows each system to hold. */
  readonly known: Record<string, string> = { till: 'base', shop: 'base' };
  readonly shown: Record<string, Document | null> = { till: { name: 'base' }, shop: { name: 'base' } };
  readonly written: string[] = [];

  constructor(readonly owners: readonly FieldOwner[]) {}

  private readonly ownership = () => makeOwnership(() => true, undefined, this.owners);

  read(system: string): void {
    this.known[system] = this.held[system]!;
    const stated = { fields: { name: this.known[system] }, cleared: [] };
    const last = this.shown[system] ?? null;
    const news = newsOf('product', stated, last, this.ownership());
    if (news.shown !== null) this.shown[system] = news.shown;
    const proposal = { entity: 'product', system, seenAt: at, last, ...news } as const;
    const decision = decide(this.record, 'prd_1', proposal, this.ownership());
    if (decision.type !== 'refused') this.record = decision.record;
  }

  write(system: string): void {
    const name = this.record.fields['name'] as string;
    const isContested = this.record.contests?.['name'] !== undefined;
    const isOwn = (this.record.provenance['name'] ?? this.record.provenance['*']) === system;
    if (isContested || isOwn || this.known[system] === name) return;
    this.written.push(system);
    const before = this.held[system]!;
    this.held[system] = name;
    this.known[system] = name;
    if (this.shown[system] !== null && this.ownership().sharedFields('product').length > 0) {
      this.shown[system] = afterWrite(this.shown[system] ?? null, { now: { name }, before: { name: before } });
    }
  }

  settle(): void {
    for (let i = 0; i < 4; i++) for (const system of ['till', 'shop']) { this.read(system); this.write(system); } // prettier-ignore
  }
}

const refined = (policy: FieldOwner['policy'], owner: string | null): readonly FieldOwner[] => [
  { entity: 'product', field: 'name', policy, owner },
];
/** Every order of three edits in two systems with reads and writes between them. */
const steps = fc.array(
  fc.tuple(fc.constantFrom('edit', 'read', 'write'), fc.constantFrom('till', 'shop')) as fc.Arbitrary<
    ['edit' | 'read' | 'write', 'till' | 'shop']
  >,
  { maxLength: 14 },
);

function play(world: World, script: readonly (readonly ['edit' | 'read' | 'write', 'till' | 'shop'])[]): number {
  let edits = 0;
  for (const [step, system] of script) {
    if (step === 'edit' && edits < 3) world.held[system] = `${system} ${++edits}`;
    if (step === 'read') world.read(system);
    if (step === 'write') world.write(system);
  }
  world.settle();
  return edits;
}

describe('three edits in two systems, in every order of reading and writing', () => {
  it('end with the word of the one system that owns the field, which is never written to it', () => {
    for (const owner of ['till', 'shop']) {
      fc.assert(
        fc.property(steps, (script) => {
          const world = new World(refined('source', owner));
          play(world, script);
          expect(world.held).toEqual({ till: world.held[owner], shop: world.held[owner] });
          expect(world.written).not.toContain(owner);
        }),
        { numRuns: 400 },
      );
    }
  });

  it('end in agreement when the last writer counts', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const world = new World(refined('lastWriter', null));
        play(world, script);
        expect(world.held['till']).toBe(world.held['shop']);
        expect(world.record.fields['name']).toBe(world.held['till']);
      }),
      { numRuns: 400 },
    );
  });

  it('end in agreement or in a contest that names what each system holds; nothing contested is written', () => {
    let contested = 0;
    fc.assert(
      fc.property(steps, (script) => {
        const world = new World(refined('manual', null));
        play(world, script);
        const contest = world.record.contests?.['name'];
        if (contest === undefined) {
          expect(world.held['till']).toBe(world.held['shop']);
          return;
        }
        contested++;
        expect(world.held['till']).not.toBe(world.held['shop']);
        for (const system of ['till', 'shop']) expect(contest.claims[system]?.value).toBe(world.held[system]);
      }),
      { numRuns: 800 },
    );
    expect(contested).toBeGreaterThan(20);
  });

  it('are a contest exactly when both systems were changed before either was read', () => {
    const world = new World(refined('manual', null));
    world.held['till'] = 'Tea';
    world.held['shop'] = 'Thee';
    world.settle();
    expect(world.record.contests?.['name']?.base).toBe('base');
    expect(sameJson(world.held, { till: 'Tea', shop: 'Thee' })).toBe(true);
    world.held['shop'] = 'Tea';
    world.settle();
    expect(world.record.contests).toEqual({});
    expect(world.record.provenance).not.toHaveProperty('name.contested');
  });
});
