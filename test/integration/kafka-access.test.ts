/** Brokers that do not let everybody in, and whom a hub does not trust: logins, rights, and TLS as variables and files in PEM give it. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KafkaBrokers } from '../../scripts/kafka/brokers.js';
import type { KoppelError } from '../../src/base/errors.js';
import { parseConfig, type Environment } from '../../src/config/config.js';
import { withUsableFiles } from '../../src/config/kafka-files.js';
import { makeCertificates, type Certificates } from '../support/certificates.js';
import { describeWithKafka, ownKafka } from '../support/kafka.js';
import { kafkaOf } from '../support/given-kafka.js';
import { until } from '../support/wait.js';
import {
  appendTo,
  kafkaName,
  openKafkaWorld,
  plainKafka,
  readAll,
  topicOf,
  topicSettings,
  type KafkaWorld,
} from './kafka-world.js';

describeWithKafka(
  'a broker that speaks TLS',
  () => {
    const login = { username: 'koppel', password: 'a-password' };
    let folder: string;
    let files: Certificates;
    let kafka: KafkaBrokers;
    let world: KafkaWorld;
    /** It asks its clients for a certificate. */
    let asking: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'koppel-tls-'));
      files = makeCertificates(folder);
      const { broker, authority } = files;
      const detour = (_: number, port: number): string => (asking = `127.0.0.1:${port}`);
      [kafka, world] = await Promise.all([
        ownKafka({
          login,
          tls: { keyAndCertificate: broker.both, authority: authority.cert },
          detour,
          settings: { 'listener.name.detour.ssl.client.auth': 'required' },
        }),
        openKafkaWorld(),
      ]);
    }, 180_000);
    afterAll(async () => {
      await world.close();
      await kafka.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const named = (): Environment => ({
      KOPPEL_KAFKA_BROKERS: kafka.bootstrap,
      KOPPEL_KAFKA_TLS: '1',
      KOPPEL_KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KOPPEL_KAFKA_USERNAME: login.username,
      KOPPEL_KAFKA_PASSWORD: login.password,
    });
    const showing = (party: 'client' | 'stranger' | undefined): Environment => ({
      KOPPEL_KAFKA_BROKERS: asking,
      KOPPEL_KAFKA_TLS: '1',
      KOPPEL_KAFKA_CA: files.authority.cert,
      ...(party && { KOPPEL_KAFKA_CERT: files[party].cert, KOPPEL_KAFKA_KEY: files[party].key }),
    });
    const carries = async (name: string, environment: Environment): Promise<readonly string[]> => {
      const log = world.log(kafkaOf(environment));
      await appendTo(world, log, topicOf(name), ['a', 'b'], 1);
      return [...(await readAll(log, topicOf(name)))].sort();
    };
    const soonMs = 5_000;
    const refusedOnce = async (environment: Environment): Promise<KoppelError & { readonly ms: number }> => {
      const log = world.log(kafkaOf(environment));
      const since = performance.now();
      const error = await log.ends(topicOf('refused')).then(
        () => {
          throw new Error('it was let in');
        },
        (thrown: unknown) => thrown as KoppelError,
      );
      return Object.assign(error, { ms: performance.now() - since });
    };
    /** A process that stood still for a moment excuses one time, not two. */
    const refusal = async (environment: Environment): ReturnType<typeof refusedOnce> => {
      const first = await refusedOnce(environment);
      return first.ms < soonMs ? first : refusedOnce(environment);
    };

    it('carries changes for whoever trusts its authority and says the password', async () => {
      expect(await carries('trusted', { ...named(), KOPPEL_KAFKA_CA: files.authority.cert })).toEqual(['a:1', 'b:1']);
    });

    it.each([
      ['another authority', (): Environment => ({ KOPPEL_KAFKA_CA: files.stranger.cert })],
      ['whom the machine trusts', (): Environment => ({})],
    ])('is not trusted by a hub that trusts %s, which says so soon', async (_, trusting) => {
      const error = await refusal({ ...named(), ...trusting() });
      expect(error).toMatchObject({ code: 'LOG_UNTRUSTED', class: 'environment' });
      expect(error.message).toBe(
        'The hub does not trust the brokers of the change log (Kafka): unable to verify the first certificate.',
      );
      expect(error.hint).toContain('KOPPEL_KAFKA_CA');
      expect(error.ms).toBeLessThan(soonMs);
    });

    it('carries changes for whoever shows a certificate where it asks for one', async () => {
      expect(await carries('shown', showing('client'))).toEqual(['a:1', 'b:1']);
    });

    it.each([
      ['shows none', undefined],
      ['shows that of a stranger', 'stranger'],
    ] as const)('refuses there a hub that %s, which says so soon', async (_, party) => {
      const error = await refusal(showing(party));
      expect(error).toMatchObject({ code: 'LOG_REFUSED', class: 'environment' });
      // In the words of TLS, which are not the same with every version of it.
      expect(error.message).toMatch(/^The change log \(Kafka\) refused the hub: [a-z ]*certificate[a-z ]*\.$/);
      expect(error.hint).toContain('KOPPEL_KAFKA_CERT');
      expect(error.ms).toBeLessThan(soonMs);
    });

    it('is not even asked with the key of another certificate', () => {
      const problemsOf = (key: string) => {
        const checked = withUsableFiles(parseConfig({ ...showing('client'), KOPPEL_KAFKA_KEY: key }));
        return checked.ok ? [] : checked.problems;
      };
      expect(problemsOf(files.client.key)).toEqual([]);
      expect(problemsOf(files.stranger.key)).toMatchObject([
        { variable: 'KOPPEL_KAFKA_KEY', given: files.stranger.key },
      ]);
    });

    it('lets nobody wait who comes without TLS', async () => {
      const error = await refusal({ ...named(), KOPPEL_KAFKA_TLS: '0' });
      expect(error).toMatchObject({ code: 'LOG_UNREACHABLE', class: 'environment' });
      expect(error.ms).toBeLessThan(soonMs);
    });
  },
  { own: true },
);

describeWithKafka(
  'a broker that asks who one is',
  () => {
    const login = { username: 'koppel', password: 'a-password' };
    /** The way in for whoever administers it. */
    let side: string;
    let kafka: KafkaBrokers;
    let world: KafkaWorld;
    beforeAll(async () => {
      const detour = (_: number, port: number): string => (side = `127.0.0.1:${port}`);
      const rights = {
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users': 'User:ANONYMOUS',
        'allow.everyone.if.no.acl.found': 'true',
      };
      [kafka, world] = await Promise.all([ownKafka({ login, detour, settings: rights }), openKafkaWorld()]);
    }, 180_000);
    afterAll(async () => {
      await world.close();
      await kafka.stop();
    });

    it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('is told by %s', async (mechanism) => {
      const log = world.log({ brokers: kafka.bootstrap.split(','), sasl: { mechanism, ...login } });
      const topic = topicOf(mechanism);
      await appendTo(world, log, topic, ['a'], 0);
      expect(await readAll(log, topic)).toEqual(['a:0']);
    });

    it('lets work also who may not look at the settings of topics', async () => {
      const brokers = kafka.bootstrap.split(',');
      const sasl = { mechanism: 'plain', ...login } as const;
      const topic = topicOf('own');
      await appendTo(world, world.log({ brokers, sasl }), topic, ['a'], 0);
      const admin = plainKafka([side]).admin();
      await admin.connect();
      const rule = {
        resourceType: AclResourceTypes.TOPIC,
        resourceName: kafkaName('own'),
        resourcePatternType: ResourcePatternTypes.LITERAL,
        principal: 'User:koppel',
        host: '*',
      };
      await admin.createAcls({
        acl: [
          { ...rule, operation: AclOperationTypes.ALL, permissionType: AclPermissionTypes.ALLOW },
          { ...rule, operation: AclOperationTypes.DESCRIBE_CONFIGS, permissionType: AclPermissionTypes.DENY },
        ],
      });
      await admin.disconnect();
      const looked = () =>
        topicSettings(brokers, kafkaName('own'), sasl).then(
          () => false,
          (error: unknown) => (error as { type?: string }).type === 'TOPIC_AUTHORIZATION_FAILED',
        );
      await until(looked, { what: 'a refusal to show settings' });
      const log = world.log({ brokers, sasl });
      await appendTo(world, log, topic, ['a'], 1);
      expect(await readAll(log, topic)).toEqual(['a:0', 'a:1']);
    });

    it('refuses a wrong password with a sentence that does not repeat it', async () => {
      const sasl = { mechanism: 'plain', username: 'koppel', password: 'hunter2' } as const;
      const log = world.log({ brokers: kafka.bootstrap.split(','), sasl });
      const refused = await log.ends(topicOf('refused')).then(
        () => undefined,
        (error: unknown) => error as Error & { code?: string },
      );
      expect(refused).toMatchObject({ code: 'LOG_REFUSED', class: 'environment' });
      expect(`${refused?.message} ${String(refused?.cause)}`).not.toContain('hunter2');
    });
  },
  { own: true },
);
