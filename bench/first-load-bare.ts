/**
 * The bound: a bare script that reads the same pages through the same connector and writes the same documents, with as many
 * at a time, and has no database: nothing is remembered, compared or provable afterwards. In: what the hub wrote.
 */
import { systemClock } from '../src/base/clock.js';
import type { Document, Json } from '../src/base/document.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { makeLogger } from '../src/base/logger.js';
import { parseConfig } from '../src/config/config.js';
import { sample } from '../src/config/sample.js';
import { connectors } from '../src/systems/connectors.js';
import type { Connector, System } from '../src/systems/system.js';
import { compareSystems } from '../test/support/oracle.js';
import { openStage } from '../test/support/stage.js';
import type { Load, WrittenRecord } from './first-load-round.js';

const entities = ['category', 'product', 'variant', 'stock'] as const;
const pageSize = 250;
const writesAtOnce = 6;

export interface BareLoad {
  readonly seconds: number;
  readonly read: number;
}

export async function loadBare(load: Load, records: readonly WrittenRecord[]): Promise<BareLoad> {
  const stage = await openStage(load);
  const { source, target } = connect(stage.till.port, stage.shop.port);
  try {
    const started = performance.now();
    const [read] = await Promise.all([readAll(source), writeAll(target, records)]);
    const seconds = (performance.now() - started) / 1000;
    const { lost, doubled } = await compareSystems(stage.till, stage.shop);
    const wrong = [...lost, ...doubled];
    if (wrong.length > 0) throw new Error(`the bare script was wrong in ${wrong.length} places, first: ${wrong[0]}`);
    return { seconds, read };
  } finally {
    await source.system.close();
    await target.system.close();
    await stage.close();
  }
}

/** One for each call, because each call listens to its own. */
const unending = (): AbortSignal => new AbortController().signal;

interface Connected {
  readonly connector: Connector;
  readonly system: System;
}

function connect(tillPort: number, shopPort: number): { source: Connected; target: Connected } {
  const parsed = parseConfig({
    KOPPEL_SANDBOX_MPLUSKASSA_PORT: String(tillPort),
    KOPPEL_SANDBOX_SOFTMAAT_PORT: String(shopPort),
  });
  if (!parsed.ok) throw new Error('the ports of the sandboxes cannot be used');
  const deps = { clock: systemClock, logger: makeLogger('error', 'bench'), failpoint: noFailpoint };
  const open = ({
    connector: kind,
    settings,
    secrets,
  }: {
    connector: string;
    settings: Document;
    secrets: Document;
  }) => {
    const connector = connectors.find((each) => each.kind === kind);
    if (connector === undefined) throw new Error(`there is no connector ${kind}`);
    return { connector, system: connector.connect({ ...settings, ...secrets }, deps) };
  };
  const { source, target } = sample(parsed.config);
  return { source: open(source), target: open(target) };
}

/** All streams beside each other, as the hub reads them. Returns how many records they showed. */
async function readAll({ connector, system }: Connected): Promise<number> {
  let records = 0;
  const readStream = async (stream: string): Promise<void> => {
    for (let position: string | null = null; ;) {
      const page = await system.source.read(stream, position, { limit: pageSize, signal: unending() });
      records += page.records.length;
      if (!page.more) return;
      position = page.position;
    }
  };
  await Promise.all(connector.streams.map(({ name }) => readStream(name)));
  return records;
}

async function writeAll({ connector, system }: Connected, records: readonly WrittenRecord[]): Promise<void> {
  /** A new system gives new ids. */
  const ids = new Map<string, string>();
  for (const entity of entities) {
    const rest = records.filter((record) => record.entity === entity);
    const batch = connector.targets.find((each) => each.entity === entity)?.batch ?? 1;
    // Categories name their parents, which must be there before.
    const size = entity === 'category' ? 1 : batch;
    const lane = async (): Promise<void> => {
      for (let group = rest.splice(0, size); group.length > 0; group = rest.splice(0, size)) {
        const documents = group.map(({ document }) => renamed(document, ids) as Document);
        const outcomes = await system.target.write(
          entity,
          documents.map((document, i) => {
            const opKey = `bare-${entity}-${group[i]?.externalId}`;
            return { opKey, externalId: null, document, changed: Object.keys(document), held: null };
          }),
          unending(),
        );
        outcomes.forEach((outcome, i) => {
          if (outcome.type !== 'written')
            throw new Error(`the bare script could not write: ${JSON.stringify(outcome)}`);
          ids.set(group[i]?.externalId ?? '', outcome.held.externalId);
        });
      }
    };
    const lanes = entity === 'category' ? 1 : batch >= writesAtOnce ? 2 : Math.ceil(writesAtOnce / batch);
    await Promise.all(Array.from({ length: lanes }, lane));
  }
}

function renamed(value: Json, ids: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => renamed(item, ids));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, renamed(item as Json, ids)]));
}
