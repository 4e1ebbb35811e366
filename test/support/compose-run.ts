/**
 * docker-compose.yml with plain processes in the place of containers: the same commands with the same environment, started in
 * the order and under the conditions that depends_on names, healthy when the health check itself says so, stopped in the
 * opposite order. Images of others need a stand-in; a service without one does not take part.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { durationMs, startOrder, type ComposeService } from './compose-file.js';
import type { Places } from './compose-places.js';
import { until } from './wait.js';

/** A real server in the place of an image of others. */
export interface StandIn {
  isHealthy(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface ComposeRunOptions {
  readonly services: ReadonlyMap<string, ComposeService>;
  readonly places: Places;
  /** Where the content of our own image lies, and what it runs when a service says nothing. */
  readonly image: string;
  readonly command: readonly string[];
  /** Is told what happens: `+name` started, `=name` healthy or ended well, `-name` stopped. */
  readonly steps: string[];
  /** By service. */
  readonly standIns: Readonly<Record<string, (service: ComposeService) => Promise<StandIn>>>;
}

export interface Ended {
  readonly name: string;
  /** Exit code or signal. */
  readonly how: string;
  readonly ms: number;
}

export interface ComposeRun {
  readonly steps: readonly string[];
  said(service: string): string;
  /** The health check of a service, once: exit code and what it said. */
  check(service: string): Promise<string>;
  /** How each process ended and how long that took. */
  down(): Promise<readonly Ended[]>;
  /** Ends at once what still runs. */
  kill(): Promise<void>;
}

/** The services that can take part, without what they cannot wait for. */
export function takingPart(
  services: ReadonlyMap<string, ComposeService>,
  standIns: ComposeRunOptions['standIns'],
): ReadonlyMap<string, ComposeService> {
  const present = [...services].filter(([name, { build }]) => build !== undefined || name in standIns);
  const names = new Set(present.map(([name]) => name));
  return new Map(
    present.map(([name, service]) => {
      const needed = Object.entries(service.depends_on ?? {}).filter(([other]) => names.has(other));
      return [name, { ...service, depends_on: Object.fromEntries(needed) }];
    }),
  );
}

/** Twice what the file gives: machines that run tests are busy ones. */
const patienceMs = ({ healthcheck }: ComposeService): number => 2 * durationMs(healthcheck?.start_period ?? '60s');
const checkEveryMs = ({ healthcheck }: ComposeService): number => durationMs(healthcheck?.start_interval ?? '1s');

/** Starts everything. When something fails, all is ended and it throws with what that said. */
export async function composeUp(options: ComposeRunOptions): Promise<ComposeRun> {
  const { services, places, image, steps } = options;
  const said = new Map<string, string>();
  const children = new Map<string, ChildProcess>();
  const standIns = new Map<string, StandIn>();
  const ready = new Map<string, Promise<void>>();
  let isFailed = false;

  const start = (name: string, command: readonly string[], heard: (text: string) => void): ChildProcess => {
    const [program, ...words] = command.map((word) => places.word(word, name));
    if (program !== 'node') throw new Error(`${name} runs ${String(program)}; the image has nothing but node`);
    const env = { PATH: process.env['PATH'], NODE_ENV: 'production', ...places.environment(name) };
    const child = spawn(process.execPath, words, { cwd: image, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => heard(String(data)));
    return child;
  };
  const check = async (name: string): Promise<string> => {
    let text = '';
    const [, ...command] = services.get(name)?.healthcheck?.test ?? [];
    const [code] = (await once(
      start(name, command, (part) => (text += part)),
      'close',
    )) as [number | null];
    return `${code} ${text}`.trim();
  };
  const becomesHealthy = async (name: string, service: ComposeService): Promise<void> => {
    const child = children.get(name);
    const standIn = standIns.get(name);
    await until(
      async () => {
        if (isFailed || child?.exitCode != null || child?.signalCode != null) return 'over';
        return standIn === undefined ? (await check(name)) === '0' : standIn.isHealthy();
      },
      { what: `the health of ${name}`, timeoutMs: patienceMs(service), everyMs: checkEveryMs(service) },
    );
    if (child?.exitCode != null || child?.signalCode != null) {
      throw new Error(`it ended with ${String(child.exitCode ?? child.signalCode)}`);
    }
  };
  const endsWell = async (child: ChildProcess): Promise<void> => {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    if (code !== 0) throw new Error(`it ended with ${String(code ?? signal)}`);
  };
  const up = async (name: string, service: ComposeService): Promise<void> => {
    await Promise.all(Object.keys(service.depends_on ?? {}).map((other) => ready.get(other) ?? Promise.resolve()));
    steps.push(`+${name}`);
    const makeStandIn = service.build === undefined ? options.standIns[name] : undefined;
    if (makeStandIn !== undefined) standIns.set(name, await makeStandIn(service));
    else {
      const hear = (text: string): void => void said.set(name, (said.get(name) ?? '') + text);
      children.set(name, start(name, service.command ?? options.command, hear));
    }
    const child = children.get(name);
    if (service.restart === 'no' && child !== undefined) await endsWell(child);
    else await becomesHealthy(name, service);
    steps.push(`=${name}`);
  };

  const stop = async (name: string): Promise<Ended> => {
    const begun = performance.now();
    const child = children.get(name);
    let how = String(child?.exitCode ?? child?.signalCode ?? 'stopped');
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), durationMs(services.get(name)?.stop_grace_period ?? '10s'));
      const [code, signal] = (await gone) as [number | null, string | null];
      clearTimeout(force);
      how = String(code ?? signal);
    }
    await standIns.get(name)?.stop();
    standIns.delete(name);
    steps.push(`-${name}`);
    return { name, how, ms: Math.round(performance.now() - begun) };
  };
  /** Each when all that depend on it are gone. */
  const down = async (): Promise<Ended[]> => {
    const gone = new Map<string, Promise<Ended>>();
    for (const name of [...order].reverse()) {
      const dependants = [...services].filter(([, service]) => name in (service.depends_on ?? {}));
      const before = Promise.all(dependants.map(([other]) => gone.get(other) ?? Promise.resolve()));
      gone.set(
        name,
        before.then(() => stop(name)),
      );
    }
    return Promise.all(gone.values());
  };
  const kill = async (): Promise<void> => {
    isFailed = true;
    for (const child of children.values()) child.kill('SIGKILL');
    await Promise.all([...standIns.values()].map((standIn) => standIn.stop()));
    standIns.clear();
  };

  const order = startOrder(services);
  for (const name of order) {
    const coming = up(name, services.get(name) as ComposeService).catch((error: unknown) => {
      throw new Error(`${name}: ${(error as Error).message}\n${said.get(name) ?? ''}`.trim(), { cause: error });
    });
    coming.catch(() => (isFailed = true));
    ready.set(name, coming);
  }
  const failure = (await Promise.allSettled(ready.values())).find((result) => result.status === 'rejected');
  if (failure === undefined) return { steps, said: (name) => said.get(name) ?? '', check, down, kill };
  await kill();
  throw failure.reason;
}
