import { describe, expect, it } from '@jest/globals';
import type { Finding } from './conditions.js';
import { nextSteps, type Standing } from './rounds.js';

const finding = (subject: string, state: Finding['state'] = 'holds'): Finding => ({
  ...{ subject, state, flow: null, system: null, path: '/problems' },
  ...{ title: 'now', description: 'now' },
});
const standing = (over: Partial<Standing> = {}): Standing => ({
  ...{
    id: 'alr_1',
    subject: 'all',
    rests: false,
    endedAt: null,
    missed: 0,
    title: 'now',
    description: 'now',
    path: '/problems',
  },
  ...over,
});

describe('an alert', () => {
  it('begins for each subject that has none', () => {
    expect(nextSteps([standing()], [finding('all'), finding('flow:a')])).toEqual([
      { type: 'begin', finding: finding('flow:a') },
    ]);
  });

  it('is brought up to date, and left alone when nothing is new', () => {
    expect(nextSteps([standing()], [finding('all')])).toEqual([]);
    const keep = { type: 'keep', id: 'alr_1', title: 'now', description: 'now', path: '/problems' };
    expect(nextSteps([standing({ description: 'before' })], [finding('all')])).toEqual([keep]);
    expect(nextSteps([standing({ missed: 1 })], [finding('all')])).toEqual([keep]);
    // What it is about now has another page: a later run, another comparison.
    expect(nextSteps([standing({ path: '/runs/run_1' })], [finding('all')])).toEqual([keep]);
  });

  it('ends when its condition has not held for two rounds', () => {
    expect(nextSteps([standing()], [])).toEqual([{ type: 'miss', id: 'alr_1' }]);
    expect(nextSteps([standing({ missed: 1 })], [])).toEqual([{ type: 'end', id: 'alr_1' }]);
  });

  it('neither begins nor ends nor says something else while nobody can tell', () => {
    expect(nextSteps([], [finding('all', 'unknown')])).toEqual([]);
    expect(nextSteps([standing({ title: 'before' })], [finding('all', 'unknown')])).toEqual([]);
    expect(nextSteps([standing({ title: 'before', missed: 1 })], [finding('all', 'unknown')])).toEqual([
      { type: 'keep', id: 'alr_1', title: 'before', description: 'now', path: '/problems' },
    ]);
  });

  it('that a person has ended does not begin anew before its condition was over for two rounds', () => {
    expect(nextSteps([standing({ rests: true, title: 'before' })], [finding('all')])).toEqual([]);
    expect(nextSteps([standing({ rests: true })], [])).toEqual([{ type: 'miss', id: 'alr_1' }]);
    expect(nextSteps([standing({ rests: true, missed: 1 })], [])).toEqual([{ type: 'wake', id: 'alr_1' }]);
  });

  it('that a person has ended may begin anew for what came later', () => {
    const resting = standing({ rests: true, endedAt: new Date(2_000) });
    const newest = (at: number): Finding => ({ ...finding('all'), newestAt: new Date(at) });
    expect(nextSteps([resting], [newest(1_000)])).toEqual([]);
    expect(nextSteps([resting], [newest(3_000)])).toEqual([{ type: 'wake', id: 'alr_1' }]);
    expect(nextSteps([standing()], [newest(3_000)])).toEqual([]);
  });
});
