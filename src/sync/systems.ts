/** What is asked of connected systems beside reading and writing. */
import type { Document } from '../base/document.js';
import { asKoppelError } from '../base/errors.js';
import type { FlowEntity } from '../canonical/entities.js';
import type { SystemRow } from '../store/configuration.js';
import type { ConfigurationDeps } from './configuration-source.js';
import type { Configuration } from './configuration.js';
import type { Stream } from '../systems/system.js';

/** One line per check, for people; none when there is no such system. */
export async function testSystem({ systems }: Configuration, key: string) {
  const checks = (await systems.get(key)?.system.test(AbortSignal.timeout(30_000))) ?? [];
  return checks.map(({ name, status, message, hint, settings = [] }) => ({
    name,
    settings,
    status: status.toUpperCase(),
    message,
    hint: hint ?? null,
    durationMs: null,
  }));
}

/** What the connector of a system says about other settings; undefined when it takes them. Nothing is sent anywhere. */
export async function settingsProblem(
  deps: Pick<ConfigurationDeps, 'connectors' | 'openSecrets' | 'clock' | 'logger' | 'failpoint'>,
  row: SystemRow,
  settings: Document,
): Promise<string | undefined> {
  const connector = deps.connectors.find(({ kind }) => kind === row.connector);
  if (connector === undefined) return `There is no connector ${row.connector} here.`;
  try {
    await connector.connect({ ...settings, ...(await deps.openSecrets(row)) }, deps).close();
    return undefined;
  } catch (thrown) {
    const error = asKoppelError(thrown);
    if (error.class === 'bug') throw error;
    return error.message;
  }
}

/** The stream that carries a flow's entity itself, not the records around it. */
export function streamOf({ systems }: Configuration, system: string, entity: FlowEntity) {
  const carried = {
    product: 'product',
    category: 'category',
    stock: 'stock_level',
    customer: 'customer',
    order: 'order',
  } as const;
  const connector = systems.get(system)?.connector;
  const stream = connector?.streams.find((each) => each.entity === carried[entity]);
  return connector === undefined || stream === undefined
    ? undefined
    : { stream: stream.name, changeDetection: connector.changeDetection };
}

/** Kinds of record that a stream shows. */
export const recordsIn = ({ record, others = {} }: Stream): readonly string[] => [
  ...new Set([record, ...Object.keys(others)]),
];

/** Kinds of record that a system shows, with the streams that show them. */
export function recordsOf({ systems }: Configuration, system: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const stream of systems.get(system)?.connector.streams ?? []) {
    for (const record of recordsIn(stream)) found.set(record, [...(found.get(record) ?? []), stream.name]);
  }
  return found;
}
