import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from '../base/document.js';
import { makeOwnership } from './ownership.js';
import { afterWrite, newsOf, sharedPart } from './statements.js';

const ownership = makeOwnership(() => true);

const news = (fields: Document, shown: Document | null, cleared: readonly string[] = []) =>
  newsOf('customer', { fields, cleared }, shown, ownership);

describe('what a system says', () => {
  it('is all news the first time, and nothing but the difference after that', () => {
    const first = news({ phone: '1', email: 'a@b' }, null);
    expect(first.fields).toEqual({ phone: '1', email: 'a@b' });
    const second = news({ phone: '2', email: 'a@b', number: '7' }, first.shown);
    expect(second.fields).toEqual({ phone: '2', number: '7' });
    expect(news({ phone: '2', email: 'a@b' }, second.shown).fields).toEqual({});
  });

  it('is news when a field is emptied, once', () => {
    const first = news({ phone: '1' }, null);
    const second = news({}, first.shown, ['phone']);
    expect(second.cleared).toEqual(['phone']);
    expect(news({}, second.shown, ['phone']).cleared).toEqual([]);
  });

  it('is no news when it is what our own write made it say, nor when it is what stood there before it', () => {
    const shown = afterWrite(news({ phone: '1' }, null).shown, { now: { phone: '2' }, before: { phone: '1' } });
    const old = news({ phone: '1' }, shown);
    expect([old.fields, old.isBehind]).toEqual([{}, true]);
    const echo = news({ phone: '2' }, old.shown);
    expect([echo.fields, echo.isBehind]).toEqual([{}, false]);
    // Now that the stream has caught up, the old value is somebody's edit.
    expect(news({ phone: '1' }, echo.shown).fields).toEqual({ phone: '1' });
  });

  it('is news when it is an old value again, where versions tell which documents are older than our write', () => {
    const written = afterWrite(news({ phone: '1' }, null).shown, { now: { phone: '2' }, before: { phone: '1' } }, true);
    expect(news({ phone: '2' }, written).fields).toEqual({});
    const edited = news({ phone: '1' }, written);
    expect([edited.fields, edited.isBehind]).toEqual([{ phone: '1' }, false]);
    expect(news({ phone: '2' }, edited.shown).fields).toEqual({ phone: '2' });
  });

  it('is news in a field that our write has changed too, when somebody else has changed another part of it', () => {
    const address = (company: string | null, line1: string): Document => ({ addresses: [{ company, line1 }] });
    const shown = afterWrite(news(address('Oud bv', 'Dorp 1'), null).shown, {
      now: { companyName: 'Nieuw bv', ...address('Nieuw bv', 'Stad 2') },
      before: { companyName: 'Oud bv', ...address(null, 'Stad 2') },
    });
    const { fields } = news({ companyName: 'Nieuw bv', ...address('Nieuw bv', 'Stad 2') }, shown);
    expect(fields).toEqual(address('Nieuw bv', 'Stad 2'));
    const ours = afterWrite(news(address('Oud bv', 'Dorp 1'), null).shown, {
      now: address('Nieuw bv', 'Dorp 1'),
      before: address(null, 'Dorp 1'),
    });
    expect(news(address('Nieuw bv', 'Dorp 1'), ours).fields).toEqual({});
  });

  it('is news in a list to which people and our write have added, also when nothing was in it before', () => {
    const [theirs, ours] = [{ key: 'till:1', amount: '5' }, { key: 'shop:1', amount: '5' }]; // prettier-ignore
    const ofOrder = (payments: readonly Document[], shown: Document) =>
      newsOf('order', { fields: { payments }, cleared: [] }, shown, ownership).fields;
    const unseen = afterWrite({}, { now: { payments: [theirs, ours] }, before: { payments: [theirs] } }, true);
    expect(ofOrder([theirs, ours], unseen)).toEqual({ payments: [theirs, ours] });
    const alone = afterWrite({}, { now: { payments: [ours] }, before: {} }, true);
    expect(ofOrder([ours], alone)).toEqual({});
  });

  it('is a name as a whole: who changes a part of it says the other parts too', () => {
    const name = (firstName: string, lastName: string): Document => ({
      fullName: `${firstName} ${lastName}`,
      firstName,
      lastName,
      phone: '1',
    });
    const { shown } = news(name('Ann', 'Smit'), null);
    expect(news(name('Ann', 'Vos'), shown).fields).toEqual({ fullName: 'Ann Vos', firstName: 'Ann', lastName: 'Vos' });
  });

  it('is news when it is an old value again, after the stream has shown a later edit than our write', () => {
    const written = afterWrite(news({ phone: '1' }, null).shown, { now: { phone: '2' }, before: { phone: '1' } });
    const edited = news({ phone: '3' }, written);
    expect(edited.fields).toEqual({ phone: '3' });
    expect(news({ phone: '1' }, edited.shown).fields).toEqual({ phone: '1' });
  });

  it('is not kept for entities whose fields have one source each', () => {
    expect(newsOf('variant', { fields: { sku: 'S' }, cleared: [] }, null, ownership).shown).toBeNull();
    const order = { fields: { number: '7', status: 'OPEN' }, cleared: [] };
    expect(sharedPart('order', order, ownership)).toEqual({ status: 'OPEN' });
    const manual = [{ entity: 'variant', field: 'name', policy: 'manual', owner: null }] as const;
    const refined = makeOwnership(() => true, undefined, manual);
    expect(newsOf('variant', { fields: { name: 'S' }, cleared: [] }, null, refined).shown).toEqual({ name: 'S' });
  });
});

/** One field of one record in a system that is source and target, with its stream, our writes and everybody's edits. */
interface Model {
  /** The system tells the version that a write left, and older documents are known by it. */
  readonly isVersioned: boolean;
  system: string;
  canonical: string;
  shown: Document | null;
  shownVersion: number;
  /** Documents that capture has read and ingest has not taken in. */
  stream: Read[];
  /** Versions of the record: what it is at, and what capture has read. */
  version: number;
  captured: number;
  deferred: Read | undefined;
  write:
    | { readonly value: string; readonly before: string; isApplied: boolean; answer: string; version: number }
    | undefined;
  /** The last edit of a person that capture has read. */
  lastRead: string;
  /** What the target is known to hold. */
  held: string;
}

interface Read {
  readonly value: string;
  readonly version: number;
}

const steps = ['person', 'hub', 'plan', 'apply', 'acknowledge', 'capture', 'ingest', 'retake'] as const;
type StepName = (typeof steps)[number];

function takeIn(model: Model, { value, version }: Read): void {
  if (model.isVersioned && version < model.shownVersion) return;
  model.shownVersion = version;
  const said = news({ phone: value }, model.shown);
  model.shown = said.shown;
  if (said.fields['phone'] !== undefined) model.canonical = value;
  // Of an old document the target itself is asked what it holds.
  model.held = said.isBehind ? model.system : value;
}

function step(model: Model, name: StepName, edit: string): void {
  const { write } = model;
  switch (name) {
    case 'person':
      model.system = edit;
      model.version++;
      return;
    case 'hub':
      model.canonical = edit;
      return;
    case 'plan':
      if (write === undefined && model.canonical !== model.held)
        model.write = { value: model.canonical, before: model.held, isApplied: false, answer: '', version: 0 };
      return;
    case 'apply':
      if (write === undefined || write.isApplied) return;
      model.system = write.value;
      model.version++;
      write.isApplied = true;
      write.answer = model.system;
      write.version = model.version;
      return;
    case 'acknowledge':
      if (write?.isApplied !== true) return;
      model.shown = afterWrite(
        model.shown,
        { now: { phone: write.answer }, before: { phone: write.before } },
        model.isVersioned,
      );
      model.shownVersion = Math.max(model.shownVersion, write.version);
      model.held = write.answer;
      model.write = undefined;
      return;
    case 'capture':
      if (model.captured !== model.version) model.stream.push({ value: model.system, version: model.version });
      model.captured = model.version;
      // What was overwritten before anybody read it is not counted as said.
      if (!model.system.startsWith('hub')) model.lastRead = model.system;
      return;
    case 'ingest': {
      if (model.stream.length === 0) return;
      const value = model.stream.shift()!;
      if (write !== undefined) model.deferred = value;
      else {
        // A later change has overtaken what was put aside.
        model.deferred = undefined;
        takeIn(model, value);
      }
      return;
    }
    case 'retake':
      if (write !== undefined || model.deferred === undefined) return;
      takeIn(model, model.deferred);
      model.deferred = undefined;
  }
}

function run(isVersioned: boolean, names: readonly (readonly [StepName, string])[]): Model {
  const start = 'start';
  const model: Model = {
    isVersioned, system: start, canonical: start, shown: { phone: start }, shownVersion: 0, stream: [], version: 0, captured: 0, deferred: undefined,
    write: undefined, held: start, lastRead: start,
  }; // prettier-ignore
  for (const [name, edit] of names) step(model, name, edit);
  const orderly: readonly StepName[] = ['apply', 'acknowledge', 'retake', 'capture', 'ingest', 'plan'];
  const isSettled = (): boolean =>
    model.write === undefined && model.stream.length === 0 && model.deferred === undefined &&
    model.captured === model.version && model.canonical === model.held; // prettier-ignore
  for (let rounds = 0; !isSettled(); rounds++) {
    if (rounds > 60) throw new Error('it goes round for ever');
    for (const name of orderly) step(model, name, '');
  }
  return model;
}

describe.each([
  ['by versions', true],
  ['without versions', false],
])('edits in a system and writes of ours to it, in any order, %s', (_, isVersioned) => {
  it('end in the hub and the system saying the same, and it is what somebody said last in one of them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 40 }), (names) => {
        const { system, canonical, lastRead } = run(
          isVersioned,
          names.map((name, i) => [name, `${name}-${i}`]),
        );
        expect(system).toBe(canonical);
        expect([lastRead, `hub-${names.lastIndexOf('hub')}`]).toContain(canonical);
      }),
      { numRuns: 5000 },
    );
  });

  it('end in the same also when old values are written again', () => {
    const named = fc.tuple(fc.constantFrom(...steps), fc.constantFrom('start', 'a', 'b'));
    fc.assert(
      fc.property(fc.array(named, { maxLength: 40 }), (names) => {
        const { system, canonical } = run(isVersioned, names);
        expect(system).toBe(canonical);
      }),
      { numRuns: 5000 },
    );
  });
});
