/** Brokers that store what they are sent and whose acknowledgement never arrives: a real broker behind a way that loses answers. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { KafkaBrokers } from '../../scripts/kafka/brokers.js';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { captureOnce, makeAccountCheck, type CaptureDeps, type CaptureReport } from '../../src/cdc/capture.js';
import { kafkaChangesTopic } from '../../src/log/change-log.js';
import { makeKafkaLog } from '../../src/log/kafka-log.js';
import * as streams from '../../src/store/capture-positions.js';
import * as erasures from '../../src/store/erasures.js';
import * as systems from '../../src/store/system-status.js';
import { recordsOf } from '../../src/sync/systems.js';
import { describeWithKafka, ownKafkaBehindProxy } from '../support/kafka.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { readMessages } from '../support/topic-messages.js';
import { makeSource } from './capture-source.js';
import { openHub, product, type Hub } from './ingest-world.js';
import { testConfiguration, testFlow, testSystem } from './ingest-system.js';
import { until } from '../support/wait.js';

const minutes = 60_000;
const inKafka = 'koppel.changes.till.product';

describeWithKafka(
  'an acknowledgement that is lost',
  () => {
    let proxy: TcpProxy;
    let kafka: KafkaBrokers;
    let hub: Hub;

    beforeAll(async () => {
      ({ kafka, proxy } = await ownKafkaBehindProxy());
      hub = await openHub({
        topicOf: kafkaChangesTopic,
        open: (database, postgresLog, configuration) =>
          makeKafkaLog({
            database,
            postgresLog,
            clock: systemClock,
            logger: silentLogger,
            settings: { brokers: kafka.bootstrap.split(','), partitions: 1, retentionMs: 3_600_000, timeoutMs: 2_000 },
            recordsOf: (system) => recordsOf(configuration.current(), system),
            shortened: (_topic, _partition, error) => Promise.reject(error),
          }),
      });
      // A broker that has only just begun may take longer for its first topics than a request may.
      await until(async () => (await hub.log.prepare(kafkaChangesTopic('till')), true), { what: 'the topics', timeoutMs: 60_000 }); // prettier-ignore
      await hub.take('products', [{ id: '0', document: product('before', ['0']) }]);
    }, 3 * minutes);
    beforeEach(() => void hub.reports.splice(0));
    afterAll(async () => {
      await hub.close();
      await kafka.stop();
      await proxy.close();
    });

    /** Keys of what is stored, in order. */
    const stored = async (): Promise<readonly (string | null)[]> =>
      (await readMessages(kafka.bootstrap)).filter(({ topic }) => topic === inKafka).map(({ key }) => key);
    const times = async (key: string): Promise<number> => (await stored()).filter((each) => each === key).length;
    const counted = (what: string): number =>
      hub.reports
        .flatMap(({ counts }) => [...counts.values()] as readonly Partial<Record<string, number>>[])
        .reduce((sum, counts) => sum + (counts[what] ?? 0), 0);

    it('is waited for once more under the same number: what was sent twice is stored once', async () => {
      const before = proxy.lost();
      proxy.loseAnswers(1);
      await hub.show('products', [{ id: '1', document: product('once', ['1']) }]);
      expect(proxy.lost() - before).toBe(1);
      await hub.show('products', [{ id: '2', document: product('next', ['2']) }]);
      expect(await stored()).toEqual(['product:0', 'product:1', 'product:2']);
    }, 60_000);

    it(
      'and never comes makes capture append its page again under other numbers: it is stored twice and takes effect once',
      async () => {
        const source = makeSource(3);
        source.edit('3', product('twice', ['3']));
        source.edit('4', product('twice too', ['4']));
        const configuration = testConfiguration({ till: testSystem(source, () => source.fingerprint) });
        configuration.flows = [testFlow('till', 'shop', 'product')];
        await hub.database.query(
          `insert into system (id, key, connector, name) values ('till', 'till', 'test', 'Till')`,
        );
        const reports: CaptureReport[] = [];
        const deps: CaptureDeps = {
          ...{ database: hub.database, log: hub.log, changesTopic: kafkaChangesTopic, streams, erasures, systems },
          ...{ configuration, clock: systemClock, logger: silentLogger, failpoint: noFailpoint, owner: 'one' },
          leaseMs: 60_000,
          captured: (report) => reports.push(report),
        };
        const stream = { name: 'products', record: 'product', entity: 'product' } as const;
        const wanted = { system: 'till', stream, pollEveryMs: 20, batchSize: 4, startsNow: false };
        const poll = () => captureOnce(wanted, deps, makeAccountCheck(deps), new AbortController().signal);

        proxy.loseAnswers(Infinity);
        await expect(poll()).rejects.toMatchObject({ code: 'LOG_UNREACHABLE' });
        proxy.loseAnswers(0);
        await poll();
        expect(reports.at(-1)).toMatchObject({ appended: 2 });

        expect([await times('product:3'), await times('product:4')]).toEqual([2, 2]);
        await until(async () => (await hub.settle(), true), { what: 'all to be taken in', timeoutMs: 20_000 });
        const names = await hub.database.query(`select name from product where name like 'twice%' order by name`);
        expect(names.map((row) => row['name'])).toEqual(['twice', 'twice too']);
        const events = (await hub.events()).filter(({ changes }) => String(changes['name']?.[1]).startsWith('twice'));
        expect(events.map(({ entity, action }) => `${entity} ${action}`)).toEqual([
          'product created',
          'product created',
        ]);
        expect(counted('unchanged')).toBeGreaterThanOrEqual(2);
      },
      2 * minutes,
    );
  },
  { own: true },
);
