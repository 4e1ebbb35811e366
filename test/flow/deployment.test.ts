/**
 * docker-compose.yml with the profile demo, as plain processes: the content of the image, the commands, the environment, the
 * start order and the health checks of the files themselves, on a Postgres that is set up as the file says and on a real Kafka.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activeServices, durationMs, readCompose } from '../support/compose-file.js';
import { makePlaces, type Places } from '../support/compose-places.js';
import { startComposePostgres } from '../support/compose-postgres.js';
import { composeUp, takingPart, type ComposeRun, type ComposeRunOptions } from '../support/compose-run.js';
import { readEvents } from '../support/event-oracle.js';
import { jsonWords, layOut, ofKind, readStages } from '../support/image-tree.js';
import { describeWithOwnKafka, ownKafka } from '../support/kafka.js';
import { testApiKey } from '../support/processes.js';
import { until } from '../support/wait.js';

const products = 20;
const given = {
  POSTGRES_PASSWORD: 'b0e1c2d3e4f5',
  KOPPEL_SECRET_KEY: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQASNFZ4mrze8=',
  KOPPEL_BOOTSTRAP_API_KEY: testApiKey,
  KOPPEL_SANDBOX_PRODUCTS: String(products),
};
const file = readCompose(readFileSync('docker-compose.yml', 'utf8'), given);
const hubs = ['api', 'capture', 'ingest', 'project', 'relay'];

let folder: string;
let image: string;
let filesOfImage: readonly string[];
let running: ComposeRun | undefined;
let places: Places;
/** What happened at the last start, also at one that failed. */
let lastSteps: string[];

const filesBelow = (path: string): string[] => (readdirSync(path, { recursive: true }) as string[]).sort();

/** The stages of the Dockerfile are laid out once, as the image would have them. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'koppel-compose-'));
  image = join(folder, 'image');
  layOut(process.cwd(), image);
  filesOfImage = filesBelow(image);
}, 60_000);
afterAll(async () => {
  await running?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** `password`: the one of the database, if it is to be another than what the file says. */
async function up(environment: typeof given, password = environment.POSTGRES_PASSWORD): Promise<ComposeRun> {
  const all = activeServices(readCompose(readFileSync('docker-compose.yml', 'utf8'), environment), ['demo']);
  const standIns: ComposeRunOptions['standIns'] = {
    postgres: (service) =>
      startComposePostgres(
        { ...service, environment: { ...service.environment, POSTGRES_PASSWORD: password } },
        places.port('postgres', 5432),
      ),
    async kafka() {
      const kafka = await ownKafka({ port: places.port('kafka', 9092) });
      return { isHealthy: () => kafka.ready().then(() => true), stop: () => kafka.stop() };
    },
  };
  places = await makePlaces({ services: all, given: environment, volumes: join(folder, 'volumes') });
  const last = readStages(readFileSync('Dockerfile', 'utf8')).at(-1);
  const command = last === undefined ? undefined : ofKind(last, 'CMD').map(jsonWords)[0];
  lastSteps = [];
  return composeUp({
    services: takingPart(all, standIns),
    places,
    image,
    command: command ?? [],
    standIns,
    steps: lastSteps,
  });
}

async function graphql<T>(query: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${places.port('api', 4000)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${testApiKey}` },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: T }).data;
}

describeWithOwnKafka('docker-compose.yml as processes', () => {
  it('starts nothing of the hub when the migration fails, here because the password is another', async () => {
    const refused = up({ ...given, POSTGRES_PASSWORD: 'another' }, given.POSTGRES_PASSWORD);
    await expect(refused).rejects.toThrow(/^migrate: it ended with 1[\s\S]*password authentication failed/);
    expect(lastSteps).toEqual(expect.arrayContaining(['=postgres', '+migrate']));
    expect(lastSteps.filter((step) => hubs.includes(step.slice(1)) || step.endsWith('demo'))).toEqual([]);
  }, 120_000);

  it('starts each part when what it needs is ready, and the API answers', async () => {
    running = await up(given);
    const at = (step: string): number => {
      expect(running?.steps).toContain(step);
      return running?.steps.indexOf(step) ?? -1;
    };
    expect(at('+migrate')).toBeGreaterThan(at('=postgres'));
    for (const hub of hubs) {
      expect(at(`+${hub}`)).toBeGreaterThan(at('=migrate'));
      expect(at(`=${hub}`)).toBeGreaterThan(at(`+${hub}`));
    }
    expect(running.said('migrate')).toMatch(/^\d+ migration\(s\) run: /);
    for (const sandbox of ['sandbox-mpluskassa', 'sandbox-softmaat']) {
      expect(at('+demo')).toBeGreaterThan(at(`=${sandbox}`));
    }
    expect(running.said('demo')).toContain('The sandboxes are connected.');
    expect(await graphql('{ __typename }')).toEqual({ __typename: 'Query' });
  }, 120_000);

  it('brings a product of the till to the shop', async () => {
    const shop = `http://127.0.0.1:${places.port('sandbox-softmaat', 4102)}/__sandbox`;
    const created = await until(
      async () => {
        const ledger = await (await fetch(`${shop}/ledger?after=0`)).text();
        return ledger.split('\n').filter((line) => /"type":"products".*"op":"createProduct"/.test(line)).length;
      },
      { what: 'a product in the shop', timeoutMs: 60_000 },
    ).catch((error: unknown) => {
      const last = hubs.map((hub) => `${hub}: ${running?.said(hub).slice(-1_500) ?? ''}`).join('\n');
      throw new Error(`${String(error)}\n${last}`);
    });
    expect(created).toBeGreaterThan(0);
    await until(
      async () => {
        type Answer = { products: { totalCount: { value: number } } };
        const answer = await graphql<Answer>('{ products(first: 1) { totalCount { value } } }');
        return answer.products.totalCount.value >= products;
      },
      { what: 'all products over the API', timeoutMs: 60_000 },
    );
  }, 130_000);

  it('publishes the products to readers of Kafka', async () => {
    const published = async (): Promise<number> => {
      const events = await readEvents(`127.0.0.1:${places.port('kafka', 9092)}`);
      return new Set(events.flatMap(({ entity, record }) => (entity === 'product' ? [record] : []))).size;
    };
    await until(async () => (await published()) >= products, { what: 'an event of each product', timeoutMs: 60_000 });
  }, 90_000);

  it('stops in the opposite order, each part by itself and within its time, and has written nothing into the image', async () => {
    const ended = (await running?.down()) ?? [];
    expect(ended.filter(({ how }) => how !== '0' && how !== 'stopped')).toEqual([]);
    const grace = durationMs(file.services['api']?.stop_grace_period ?? '');
    expect(ended.filter(({ ms }) => ms >= grace)).toEqual([]);
    const steps = running?.steps ?? [];
    expect(await running?.check('api')).toMatch(/^1 http:\/\/127\.0\.0\.1:\d+\/readyz does not answer: /);
    for (const hub of hubs) {
      for (const server of ['postgres', 'kafka'])
        expect(steps.indexOf(`-${server}`)).toBeGreaterThan(steps.indexOf(`-${hub}`));
    }
    expect(filesBelow(image)).toEqual(filesOfImage);
  }, 90_000);
});
