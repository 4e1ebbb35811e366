/** What stands in the topics of a hub whose systems show everything they have: read from a real broker, and compared with docs/events. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sampleFlows } from '../../src/config/sample.js';
import { canonicalEntities } from '../../src/canonical/entities.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { judgeEvents, untilPublished } from '../support/event-oracle.js';
import { describeWithOwnKafka } from '../support/kafka.js';
import { orderAgreement } from '../support/order-world.js';
import { openStage, type Stage } from '../support/stage.js';
import { malformedIn, readMessages, type TopicMessage } from '../support/topic-messages.js';

const patienceMs = 120_000;

describeWithOwnKafka('the messages of a hub', () => {
  let database: TestDatabase;
  let stage: Stage;
  let messages: readonly TopicMessage[];

  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await openStage({ databaseUrl: database.url, products: 10, pollMs: 300, requestTimeoutMs: 5_000, flows: sampleFlows, kafka: true }); // prettier-ignore
    await stage.hub();
    await stage.till.mutate('orders', 15, 1, { edits: ['new'] });
    await stage.shop.mutate('orders', 15, 2, { edits: ['new'] });
    await stage.till.mutate('products', 5, 3);
    await stage.agreement(patienceMs);
    await orderAgreement(stage, patienceMs);
    await untilPublished(stage.ask);
    messages = await readMessages(stage.kafka?.bootstrap ?? '');
  }, 5 * 60_000);
  afterAll(async () => {
    await stage.close();
    await database.drop();
  }, 120_000);

  const kindsIn = (kind: string): readonly string[] => {
    const topics = messages.map(({ topic }) => topic.split('.')).filter((parts) => parts[1] === kind);
    return [...new Set(topics.map((parts) => parts.slice(2).join('.')))].sort();
  };

  it('are of every canonical entity, and of what both systems show', () => {
    expect(kindsIn('canonical')).toEqual([...canonicalEntities].sort());
    expect(kindsIn('changes')).toEqual(
      expect.arrayContaining(['mpluskassa.order', 'mpluskassa.product', 'mpluskassa.relation', 'mpluskassa.stock', 'softmaat.debtor', 'softmaat.order', 'softmaat.product']), // prettier-ignore
    );
  });

  it('have the keys, the values and the headers that docs/events says', async () => {
    expect(malformedIn(messages)).toEqual([]);
    const verdict = await judgeEvents(stage.ask, stage.kafka?.bootstrap ?? '');
    expect(verdict).toMatchObject({ lost: [], invented: [], malformed: [] });
    expect(verdict.changes).toBeGreaterThan(50);
  });

  it('are of one trace from what a system showed to the record that it became', () => {
    const traceOf = (kind: string) =>
      messages.filter(({ topic }) => topic.split('.')[1] === kind).map(({ headers }) => headers['traceparent']);
    const shown = new Set(traceOf('changes'));
    const became = traceOf('canonical');
    expect(became.filter((trace) => shown.has(trace)).length).toBeGreaterThan(became.length / 2);
  });

  it('are told from those that are not so', () => {
    const [change] = messages.filter(({ topic }) => topic.endsWith('.changes.softmaat.product'));
    const [event] = messages.filter(({ topic }) => topic.endsWith('.canonical.order'));
    const altered = (message: TopicMessage | undefined, change: (value: Altered) => object): TopicMessage => ({
      ...message!,
      value: JSON.stringify(change(JSON.parse(message?.value ?? '') as Altered)),
    });
    const problem = { code: 'X', message: 'unreadable', path: 'a.b' };
    expect(malformedIn([altered(change, (v) => ({ ...v, source: { ...v.source, problem } }))])).toEqual([]);
    for (const odd of [
      altered(change, (v) => ({ ...v, op: 'u' })),
      altered(change, (v) => ({ ...v, source: { ...v.source, record: 'thing' } })),
      altered(event, (v) => ({ ...v, after: { ...v.after, unheardOf: 1 } })),
      altered(event, (v) => ({ ...v, after: { ...v.after, totalIncl: 19.95 } })),
      { ...event!, key: 'another' },
      { ...event!, topic: 'koppel.canonical.product' },
      { ...event!, headers: { ...event?.headers, 'koppel-position': '1' + event?.headers['koppel-position'] } },
      { ...change!, headers: { 'koppel-schema': 'changes/1' } },
    ])
      expect(malformedIn([odd])).toEqual([expect.stringMatching(/./)]);
  });
});

interface Altered {
  readonly source: object;
  readonly after: object;
}
