import { describe, expect, it } from '@jest/globals';
import { compareEvents, type PublishedEvent } from './event-oracle.js';

const event = (record: string, position: number): PublishedEvent => ({ entity: 'product', record, position });
const happened = [event('a', 1), event('b', 2), event('a', 3)];

describe('the oracle of events in Kafka', () => {
  it('accepts events that come again, and records in any order among each other', () => {
    const published = [event('b', 2), event('a', 1), event('a', 3), event('a', 1), event('a', 3)];
    expect(compareEvents(happened, published)).toEqual({ lost: [], invented: [], compared: 3, repeated: 2 });
  });

  it('sees an event that is missing, one that comes too late, and one that never happened', () => {
    expect(compareEvents(happened, [event('a', 1), event('a', 3)]).lost).toEqual(['event 2 of product b']);
    expect(compareEvents(happened, [event('a', 3), event('a', 1), event('b', 2)]).lost).toEqual(['event 1 of product a']); // prettier-ignore
    expect(compareEvents(happened, [...happened, event('c', 4)]).invented).toEqual(['event 4 of product c']);
  });

  it('takes what happened while the topics were read for neither lost nor invented', () => {
    const after = [...happened, event('c', 4), event('c', 5)];
    expect(compareEvents(happened, [...happened, event('c', 4)], after)).toMatchObject({ lost: [], invented: [] });
    expect(compareEvents(happened, [...happened, event('c', 6)], after).invented).toEqual(['event 6 of product c']);
  });
});
