import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../base/clock.js';
import type { Document, Json } from '../../base/document.js';
import type { WriteOutcome } from '../system.js';
import type { Api } from './api.js';
import { parseSettings } from './settings.js';
import type { ValueProblem } from './soap/codec.js';
import { makeTarget } from './target.js';

const settings = parseSettings({ url: 'http://127.0.0.1:1/', ident: 'i', secret: 's' });
const { signal } = new AbortController();

/** A till that makes every group as number 7 and shows these groups, with what cannot be read of them. */
function makeTill(groups: readonly Document[], problems: readonly ValueProblem[] = []) {
  const asked: string[] = [];
  const api = {
    read: async () => ({ body: { changedArticleGroupList: groups as Json }, problems }),
    ask: async (operation: string) => {
      asked.push(operation);
      return { result: 'NEW-ARTICLE-GROUP-RESULT-OK', groupNumber: 7 };
    },
  } as unknown as Api;
  const target = makeTarget(api, settings, systemClock);
  const make = async (document: Document): Promise<WriteOutcome> => {
    const request = { opKey: 'o', externalId: null, document, changed: Object.keys(document), held: null };
    return (await target.write('category', [request], signal))[0]!;
  };
  const find = (document: Document, externalId: string | null = null) =>
    target.find('category', { externalId, document }, signal);
  return { asked, make, find };
}

const group = (groupNumber: number, name: string): Document => ({ groupNumber, name, syncMarker: '3' });
const broken = (index: number): ValueProblem => ({ path: `changedArticleGroupList.${index}.sortOrder`, message: 'x' });

describe('groups that cannot be read', () => {
  it('are not gone: what was made is in doubt', async () => {
    const till = makeTill([group(7, 'Hats')], [broken(0)]);
    expect(await till.make({ name: 'Hats' })).toMatchObject({ type: 'unknown', error: { code: 'RECORD_UNREADABLE' } });
    await expect(till.find({}, '7')).rejects.toMatchObject({ code: 'RECORD_UNREADABLE' });
    await expect(till.find({ name: 'Hats' })).rejects.toMatchObject({ code: 'RECORD_UNREADABLE' });
    expect(till.asked).toEqual(['newArticleGroup']);
  });

  it('keep nobody from another one', async () => {
    const till = makeTill([group(7, 'Hats'), group(8, 'Caps')], [broken(0)]);
    expect(await till.find({}, '8')).toMatchObject({ document: { name: 'Caps' } });
    expect(await till.find({ name: 'Caps' })).toMatchObject({ externalId: '8' });
    expect(await till.find({ name: 'Belts' })).toBeNull();
  });

  it('need no marker to be found', async () => {
    const till = makeTill([{ groupNumber: 7, name: 'Hats' }]);
    expect(await till.make({ name: 'Hats' })).toMatchObject({ type: 'written', held: { externalId: '7' } });
  });
});

describe('a group that was made and is not shown', () => {
  it('is in doubt, so that the till is asked before another one is made', async () => {
    const till = makeTill([]);
    expect(await till.make({ name: 'Hats' })).toMatchObject({
      type: 'unknown',
      error: { code: 'UNEXPECTED_RESPONSE' },
    });
  });
});
