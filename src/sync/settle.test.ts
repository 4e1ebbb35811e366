import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { PlannedWrite } from './planned-write.js';
import { settleDoubt } from './settle-doubt.js';
import { settleWrite } from './settle.js';

/** A write of the telephone number to a record of which the hub has the name too. */
function write(isAlsoSource: boolean): PlannedWrite {
  const held = { name: 'Ann', phone: '1' };
  return {
    target: 'shop', epoch: 2n, owned: ['name', 'phone'], isAlsoSource, look: 'never', repairs: [], mappingVersion: 1,
    traceId: 't', sendBefore: 0, matchBy: [], matchKey: null,
    record: { entity: 'customer', record: 'debtor', batch: 1, uniqueKey: false },
    request: {
      opKey: 'k', externalId: 's1', document: { name: 'Ann', phone: '2' }, changed: ['phone'],
      held: { externalId: 's1', key: null, document: held },
    },
    row: {
      entity: 'customer', canonicalId: 'c1', flow: 'f', state: 'writing', reasonCode: null, externalId: 's1', wanted: held,
      held, drifted: [], revision: 1, attempt: 0, epoch: 2n, traceId: 't', matchKey: null, doubtedForMs: null, sent: { phone: '2' },
    },
  }; // prettier-ignore
}
const found = (document: Document) => ({ externalId: 's1', key: null, document });
const written = (document: Document) => ({ type: 'written', created: false, held: found(document) }) as const;
const readAfter = (document: Document) =>
  ({ type: 'written', created: false, held: { ...found(document), mayHoldEdits: true } }) as const;

describe('an edit of somebody else that comes back with our write', () => {
  const edited = { name: 'Anna', phone: '2' };

  it('is put right at once in a system that is only a target', () => {
    const { change } = settleWrite(write(false), written(edited), 1);
    expect(change).toMatchObject({ state: 'pending', drifted: ['name'], held: edited });
  });

  it('is left to the stream of a system that is a source too: it counts as not seen yet', () => {
    const { change } = settleWrite(write(true), written(edited), 1);
    expect(change).toMatchObject({ state: 'in_sync', drifted: [], held: { name: 'Ann', phone: '2' } });
  });

  it.each([true, false])(
    'counts as not seen yet in what we wrote ourselves, when it was read after (a source too: %s)',
    (isSource) => {
      const since = settleWrite(write(isSource), readAfter({ name: 'Ann', phone: '3' }), 1);
      expect(since.change).toMatchObject({ state: 'in_sync', drifted: [], held: { name: 'Ann', phone: '2' } });
      const rewritten = settleWrite(write(isSource), readAfter({ name: 'Ann', phone: '2.0' }), 1);
      expect(rewritten.change).toMatchObject({ held: { name: 'Ann', phone: '2.0' } });
      // The answer to the write shows what the system made of it.
      const answered = settleWrite(write(isSource), written({ name: 'Ann', phone: '3' }), 1);
      expect(answered.change).toMatchObject({ held: { name: 'Ann', phone: '3' } });
    },
  );

  it('is none where the target had nothing to add to what it is asked for', () => {
    const { change } = settleWrite({ ...write(true), addedTo: new Set(['phone']) }, readAfter({ name: 'Ann', phone: '1' }), 1); // prettier-ignore
    expect(change).toMatchObject({ state: 'in_sync', held: { phone: '1' } });
  });

  it('is left to the stream also when our write was refused because of it', () => {
    const again = settleWrite(write(true), { type: 'reread', held: found({ name: 'Anna', phone: '3' }) }, 1);
    expect(again.change).toMatchObject({ state: 'pending', drifted: ['phone'], held: { name: 'Ann', phone: '3' } });
  });

  it('is left to the stream also when it came before the answer to our create was known', () => {
    const { record, request, row, ...rest } = write(true);
    const document = { name: 'Ann', phone: '2', tags: ['a'] };
    const made = (isMadeWith?: (field: string) => boolean): PlannedWrite => ({
      ...rest,
      row: { ...row, externalId: null, wanted: document, held: null, sent: null },
      record: { ...record, ...(isMadeWith === undefined ? {} : { isMadeWith }) },
      request: { ...request, externalId: null, document, held: null },
    });
    const theirs = found({ name: 'Anna', phone: '2', tags: [] });
    // What the creating call does not say may not have got there: it is said again.
    expect(
      settleDoubt(
        made((field) => field !== 'tags'),
        theirs,
      ).change,
    ).toMatchObject({
      wanted: { name: 'Ann', phone: '2' },
      held: { name: 'Ann', phone: '2', tags: [] },
      drifted: [],
    });
    expect(settleDoubt(made(), theirs).change).toMatchObject({ wanted: { phone: '2' }, held: theirs.document });
  });

  it('is left to the stream also when the answer to our write was lost', () => {
    const doubt = { ...write(true), request: { ...write(true).request, document: { name: 'Ann', phone: '2' } } };
    expect(settleDoubt(doubt, found(edited)).change).toMatchObject({
      drifted: ['phone'],
      held: { name: 'Ann', phone: '2' },
    });
  });

  it('is left to the stream also when a part of our write was refused', () => {
    const error = new KoppelError('RECORD_REFUSED', { system: 'shop', what: 'no' });
    const partly = { type: 'refused', error, held: found(edited) } as const;
    expect(settleWrite(write(true), partly, 1).change).toMatchObject({
      state: 'parked',
      held: { name: 'Ann', phone: '2' },
      drifted: [],
    });
    expect(settleWrite(write(false), partly, 1).change).toMatchObject({ held: edited, drifted: ['name'] });
  });

  it('does not hide that our write took effect, when its answer was lost', () => {
    const both = { name: 'Ann Bos', phone: '2' };
    const sent = write(true);
    const doubt = { ...sent, request: { ...sent.request, document: both, changed: ['name', 'phone'] } };
    const shows = (there: Document): Document | undefined => settleDoubt(doubt, found(there)).shows?.document;
    expect(shows(both)).toEqual(both);
    expect(shows({ name: 'ANN BOS', phone: '3' })).toEqual({ name: 'ANN BOS', phone: '3' });
    expect(shows({ name: 'Anna', phone: '2' })).toEqual({ name: 'Anna', phone: '2' });
    // Nothing of it is there.
    expect(shows({ name: 'Ann', phone: '1' })).toBeUndefined();
    expect(shows({ name: 'Anna', phone: '' })).toBeUndefined();
  });
});
