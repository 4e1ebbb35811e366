/**
 * What a connector declares about itself for the conformance suite, and how its sandbox is reached. Whatever the port
 * promises but a system cannot give is waived here, with the reason, so that the list of exceptions is in one place.
 */
import type { Document, Json } from '../../src/base/document.js';
import type { ProjectedEntity } from '../../src/canonical/entities.js';
import type { Connector, HeldRecord, System } from '../../src/systems/system.js';
import type { RunningSandbox } from '../../sandbox/engine/server.js';
import type { LeakSearch } from './leaks.js';
import type { Wire } from './wire.js';

/** A sandbox with records in it, and the ways to it. */
export interface World {
  readonly url: string;
  readonly wire: Wire;
  readonly leaks: LeakSearch;
  /** A connection of its own; `url` other than the sandbox's, or single settings, where given. */
  connect(over?: Document): System;
  admin<T>(method: string, path: string, body?: unknown): Promise<T>;
  rows(type: string): Promise<readonly Document[]>;
  /** Number of writes that the sandbox has applied for clients. */
  applied(): Promise<number>;
  fault(rule: Readonly<Record<string, unknown>>): Promise<void>;
  /** How often rules have fired. */
  fired(): Promise<number>;
  clearFaults(): Promise<void>;
  /** Waits until nothing is applied late any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface Waived {
  /** Why this system cannot give it, or where else it is proven. */
  readonly waived: string;
}
export type Declared<T> = T | Waived;

export const isWaived = (declared: unknown): declared is Waived =>
  typeof declared === 'object' && declared !== null && 'waived' in declared;

export interface Features {
  readonly connector: Connector;
  /** Settings that the sandbox accepts. */
  settings(url: string): Document;
  /** Names of the settings that are credentials. */
  readonly secrets: readonly string[];
  start(seed: number, dataDir: string): Promise<RunningSandbox>;
  /** Gives every stream records, more than one page of ten in the first of them. */
  fill(world: World): Promise<void>;
  readonly streams: readonly StreamFeatures[];
  readonly writes: readonly WriteFeatures[];
  /** Adds a field as a person there does; gives its code. Another one at every call. */
  addField(world: World): Promise<string>;
  /** Makes the system older than what was read from it. */
  readonly restore: Declared<(world: World) => Promise<void>>;
  /** Answers with status 200 in the system's own form that lack what every list must have. */
  readonly hollow: readonly string[];
  /** An error in the system's own form that repeats the words. */
  complain(words: string): { readonly type: string; readonly body: string };
}

/** What the system itself says that it holds. */
export interface Holding {
  /** Null where versions are the connector's own invention. */
  readonly version: bigint | null;
  readonly facts: Json;
}

export interface StreamFeatures {
  readonly name: string;
  /** All records of the system, by the external ids that the stream gives them. */
  held(world: World): Promise<ReadonlyMap<string, Holding>>;
  /** The same facts from a document of the stream. */
  facts(document: Document): Json;
  /** Kind of `mutate` that changes records of this stream. */
  readonly edits: Declared<string>;
  /** Changes many records in one transaction, so that they cannot be told apart by their version. */
  readonly together: Declared<(world: World) => Promise<void>>;
  /** A page never holds more records than were asked for. */
  readonly limit: Declared<true>;
  /** A position beyond the system is noticed. */
  readonly restored: Declared<true>;
  /** Breaks a value of the first record in the body of an answer; gives the body as it is when it holds no record. */
  readonly spoil: Declared<(body: string) => string>;
}

export interface WriteFeatures {
  readonly entity: ProjectedEntity;
  /** The calls that change something, as fault rules name them. */
  readonly operations: { readonly create: string; readonly update: string };
  /** A document that the system does not hold like that; another one for every number. */
  make(world: World, n: number): Promise<Document>;
  /** The document changed, again differently for every number. */
  change(document: Document, n: number): { readonly document: Document; readonly changed: readonly string[] };
  /** A document that the system refuses. */
  refused(n: number): Document;
  /** What of a document must read back the same, by which also outcomes are recognised. */
  facts(document: Document): Json;
  /** Writing without an external id makes a record. */
  readonly creates: Declared<true>;
  /** As `uniqueKey` of the target; `rows` counts the records of the sandbox. */
  readonly unique: Declared<{ rows(world: World): Promise<number> }>;
  /** An external id that no record has: updating it is `gone`. */
  readonly gone: Declared<string>;
  /** Somebody else changes the record: an update that knows only what was before is `stale`. */
  readonly stale: Declared<{
    /** `afterReading`: the connector reads the record itself before it updates it, so it happens in between. */
    readonly when: 'before' | 'afterReading';
    change(world: World, held: HeldRecord): Promise<void>;
  }>;
}
