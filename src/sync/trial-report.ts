/** What a trial run has found out, as it is kept with its job, and how it is counted. Pure. */
import type { Document, Json } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { TrialStream } from '../cdc/trial-reading.js';
import type { ParkedRecord } from '../store/parked.js';
import { isNumber } from './article-numbers.js';
import type { Configuration, Flow } from './configuration.js';
import type { Evaluated, Unplanned } from './project-evaluate.js';

/** MATCH: the target has a record with the same key, which would be linked and compared. */
export type TrialOperation = 'CREATE' | 'MATCH' | 'UPDATE' | 'NO_CHANGE' | 'EXCLUDE' | 'BLOCK' | 'FAIL';

export interface TrialSample {
  readonly entity: string;
  readonly label: string;
  readonly operation: TrialOperation;
  readonly reason: string | null;
  readonly changes: readonly { readonly path: string; readonly before: Json; readonly after: Json }[];
}

export interface TrialFlow {
  readonly flow: string;
  readonly outcomes: readonly { readonly entity: string; readonly operation: TrialOperation; readonly count: number }[];
  readonly causes: readonly { readonly message: string; readonly count: number }[];
  readonly calls: number;
  readonly estimatedMs: number | null;
  readonly samples: readonly TrialSample[];
}

export interface TrialKeys {
  readonly count: number;
  readonly examples: readonly { readonly key: string; readonly label: string }[];
}

export interface TrialMatch {
  readonly entity: 'product' | 'customer';
  readonly matched: number;
  readonly sides: readonly {
    readonly system: string;
    readonly keys: number;
    readonly isComplete: boolean;
    /** Keys that the other system does not have, as far as it was read. */
    readonly only: TrialKeys;
    /** Keys that the other system cannot hold, because it takes digits only. */
    readonly notNumeric: TrialKeys;
  }[];
}

export interface TrialUnmapped {
  readonly list: string;
  readonly value: string;
  readonly secondKey: string;
  readonly count: number;
}

export interface TrialReport {
  readonly reads: readonly {
    readonly system: string;
    readonly entity: string;
    readonly count: number;
    readonly isComplete: boolean;
  }[];
  readonly flows: readonly TrialFlow[];
  readonly matches: readonly TrialMatch[];
  readonly unmapped: readonly TrialUnmapped[];
}

const mostExamples = 50;
const mostChanges = 60;
const mostCauses = 10;

/** Counts the records of one flow and keeps the first ones. */
export class FlowTally {
  private readonly outcomes = new Map<string, TrialFlow['outcomes'][number]>();
  private readonly causes = new Map<string, number>();
  private readonly samples: TrialSample[] = [];
  private calls = 0;

  constructor(
    private readonly flow: Flow,
    private readonly mostSamples: number,
  ) {}

  add(sample: TrialSample, calls = 0): void {
    const { entity, operation } = sample;
    const key = `${entity} ${operation}`;
    this.outcomes.set(key, { entity, operation, count: (this.outcomes.get(key)?.count ?? 0) + 1 });
    this.calls += calls;
    if (sample.reason !== null) this.causes.set(sample.reason, (this.causes.get(sample.reason) ?? 0) + 1);
    const isMain = entity === this.flow.entity;
    if (isMain && this.samples.length < this.mostSamples) this.samples.push(sample);
  }

  report(callMs: number | null, atOnce: number): TrialFlow {
    const causes = [...this.causes].map(([message, count]) => ({ message, count }));
    return {
      flow: this.flow.key,
      outcomes: [...this.outcomes.values()],
      causes: causes.sort((a, b) => b.count - a.count).slice(0, mostCauses),
      calls: this.calls,
      estimatedMs: callMs === null ? null : Math.ceil((this.calls * callMs) / atOnce),
      samples: this.samples,
    };
  }
}

/** `isThere`: the target has a record with one of these keys. */
export function sampleOf(
  { row, plan, read, reference }: Evaluated,
  entity: ProjectedEntity,
  isThere: boolean,
): { readonly sample: TrialSample; readonly calls: number } {
  const label = labelOf(read, row.canonicalId);
  const plain = (operation: TrialOperation, reason: string | null = null): TrialSample => ({
    ...{ entity, label, operation, reason },
    changes: [],
  });
  switch (plan.type) {
    case 'in_sync':
    case 'verify':
      return { sample: plain('NO_CHANGE'), calls: 0 };
    case 'excluded':
      return { sample: plain('EXCLUDE', plan.reason), calls: 0 };
    case 'waiting':
      return { sample: plain('BLOCK', 'It waits for other records.'), calls: 0 };
    case 'parked':
      return { sample: plain('FAIL', plan.error.message), calls: 0 };
    case 'write': {
      const operation = reference !== undefined ? 'UPDATE' : isThere ? 'MATCH' : 'CREATE';
      const changes = plan.changed.slice(0, mostChanges).map((path) => ({
        ...{ path, before: row.held?.[path] ?? null },
        after: plan.document[path] ?? null,
      }));
      return { sample: { ...plain(operation), changes }, calls: plan.look === 'never' ? 1 : 2 };
    }
  }
}

export const unplannedSample = ({ row, reason, state }: Unplanned, entity: ProjectedEntity): TrialSample => ({
  ...{ entity, label: row.canonicalId, reason, changes: [] },
  operation: state === 'excluded' ? 'EXCLUDE' : 'BLOCK',
});

export const parkedSample = ({ entity, externalId, message }: Omit<ParkedRecord, 'id'>): TrialSample => ({
  ...{ entity, label: externalId ?? '', reason: message, changes: [] },
  operation: 'FAIL',
});

const labelOf = (read: Document | null, otherwise: string): string => {
  const found = [read?.['number'], read?.['name'], read?.['fullName'], read?.['companyName'], read?.['sku']];
  return found.find((each): each is string => typeof each === 'string' && each !== '') ?? otherwise;
};

/** How the systems of the flows know the same records. */
export function matchesOf(
  configuration: Configuration,
  flows: readonly Flow[],
  streams: readonly TrialStream[],
): readonly TrialMatch[] {
  const found: TrialMatch[] = [];
  for (const entity of ['product', 'customer'] as const) {
    const pairs = new Set(flows.map(({ source, target }) => [source, target].sort().join(' ')));
    for (const pair of pairs) {
      const sides = pair.split(' ').map((system) => sideOf(streams, system, entity));
      const [one, other] = sides;
      if (one === undefined || other === undefined || one.keys.size + other.keys.size === 0) continue;
      const takesNumbers = (system: string): boolean =>
        entity === 'product' &&
        configuration.systems.get(system)?.connector.targets.some(({ numbersParts }) => numbersParts === true) === true;
      const shown = (own: typeof one, its: typeof one): TrialMatch['sides'][number] => ({
        ...{ system: own.system, keys: own.keys.size, isComplete: own.isComplete },
        only: keysWhere(own.keys, (key) => !its.keys.has(key)),
        notNumeric: keysWhere(own.keys, (key) => takesNumbers(its.system) && !isNumber(key)),
      });
      const matched = [...one.keys.keys()].filter((key) => other.keys.has(key)).length;
      found.push({ entity, matched, sides: [shown(one, other), shown(other, one)] });
    }
  }
  return found;
}

function sideOf(streams: readonly TrialStream[], system: string, entity: 'product' | 'customer') {
  const its = streams.filter((each) => each.system === system && each.entity === entity);
  if (its.length === 0) return undefined;
  return {
    system,
    keys: new Map(its.flatMap(({ keys }) => [...keys])),
    isComplete: its.every(({ isComplete }) => isComplete),
  };
}

function keysWhere(keys: ReadonlyMap<string, string>, condition: (key: string) => boolean): TrialKeys {
  const found = [...keys].filter(([key]) => condition(key));
  return { count: found.length, examples: found.slice(0, mostExamples).map(([key, label]) => ({ key, label })) };
}

/** Codes without an entry, the most frequent first. */
export function unmappedOf(
  notes: readonly { readonly list: string; readonly value: string; readonly secondKey?: string }[],
): readonly TrialUnmapped[] {
  const counts = new Map<string, TrialUnmapped>();
  for (const { list, value, secondKey = '' } of notes) {
    const key = JSON.stringify([list, value, secondKey]);
    counts.set(key, { list, value, secondKey, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
