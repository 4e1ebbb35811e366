/**
 * docker-compose.yml as Compose reads it: values of the environment put in, merged, in the order in which services start. In:
 * the file's text and an environment. Throws what Compose would refuse: a required value that is missing, a dependency
 * that does not exist or that is never started, a circle.
 */
import { parse } from 'yaml';

export type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface HealthCheck {
  readonly test?: readonly string[];
  readonly disable?: boolean;
  readonly start_period?: string;
  readonly start_interval?: string;
}

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string };
  readonly command?: readonly string[];
  readonly user?: string;
  readonly profiles?: readonly string[];
  readonly restart?: string;
  /** Null: as the environment says, and not at all when it says nothing. */
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: Condition }>>;
  readonly healthcheck?: HealthCheck;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly init?: boolean;
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly stop_grace_period?: string;
  readonly logging?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The file without the environment, for what is asked of the text itself. */
export function parseCompose(text: string): ComposeFile {
  return parse(text, { merge: true }) as ComposeFile;
}

export function readCompose(text: string, environment: Environment): ComposeFile {
  return putIn(parseCompose(text), environment) as ComposeFile;
}

function putIn(value: unknown, environment: Environment): unknown {
  if (typeof value === 'string') return interpolate(value, environment);
  if (Array.isArray(value)) return value.map((item) => putIn(item, environment));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, putIn(item, environment)]));
}

/** `${NAME}`, `${NAME:-standard}` and `${NAME:?refusal}`; other forms are not used here and are refused. */
function interpolate(text: string, environment: Environment): string {
  return text.replace(/\$(?:\{([^}]*)\}|\$|.?)/g, (whole, inside: string | undefined) => {
    if (whole === '$$') return '$';
    const parts = /^([A-Z][A-Z0-9_]*)(?:(:[-?])(.*))?$/.exec(inside ?? '');
    if (parts === null) throw new Error(`${whole} in "${text}" is of no form that is used here`);
    const [, name = '', operator, word = ''] = parts;
    const given = environment[name] ?? '';
    if (given !== '') return given;
    if (operator === ':?') throw new Error(`required variable ${name} is missing a value: ${word}`);
    return word;
  });
}

/** The services that take part with these profiles. */
export function activeServices(file: ComposeFile, profiles: readonly string[]): ReadonlyMap<string, ComposeService> {
  const takesPart = ({ profiles: own = [] }: ComposeService): boolean =>
    own.length === 0 || own.some((profile) => profiles.includes(profile));
  return new Map(Object.entries(file.services).filter(([, service]) => takesPart(service)));
}

/** Their names, each after all that it depends on. */
export function startOrder(services: ReadonlyMap<string, ComposeService>): readonly string[] {
  const order: string[] = [];
  const visit = (name: string, way: readonly string[]): void => {
    if (order.includes(name)) return;
    if (way.includes(name)) throw new Error(`dependencies go in a circle: ${[...way, name].join(' → ')}`);
    const service = services.get(name);
    if (service === undefined) throw new Error(`${way.at(-1) ?? ''} depends on ${name}, which does not take part`);
    for (const other of Object.keys(service.depends_on ?? {})) visit(other, [...way, name]);
    order.push(name);
  };
  for (const name of services.keys()) visit(name, []);
  return order;
}

/** `30s`, `1m30s`, `500ms` as milliseconds. */
export function durationMs(text: string): number {
  if (!/^(\d+(ms|s|m|h))+$/.test(text)) throw new Error(`${text} is no duration`);
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
  return [...text.matchAll(/(\d+)(ms|s|m|h)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (units[unit ?? ''] ?? 0),
    0,
  );
}
