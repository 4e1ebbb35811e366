/**
 * The port to a connected system. A connector is the code for one kind of system (a folder beside this file); a `System`
 * is one connected administration. Everything a system says in its own words stays in documents that only mappings read.
 *
 * Contract, checked by test/conformance/system.ts for every connector:
 * - `read` gives complete pages or throws: a page that was cut anywhere never comes back shorter.
 * - a position moves only over records that were in the page; reading again from an old position repeats, never skips.
 * - `write` never throws for one record; whatever may have reached the system comes back as `unknown`, not as `failed`.
 * - `discover` gives everything or throws, and each field has its place in the catalogue.
 * - credentials occur in no error, no log line and no document.
 */
import type { DiscoveredField, Document, RecordCatalogue } from '../base/document.js';
import type { KoppelError } from '../base/errors.js';
import type { Failpoint } from '../base/failpoint.js';
import type { Clock } from '../base/clock.js';
import type { Logger } from '../base/logger.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import type { OrderType } from '../canonical/order-fields.js';
import type { MappingDefinition, ValueList } from '../mapping/mapping.js';
import type { CodeWords, SystemCode } from './code-words.js';

export interface Connector {
  /** `mpluskassa`, `softmaat`: stable, used in mapping keys. */
  readonly kind: string;
  readonly name: string;
  readonly changeDetection: 'SYNC_MARKER' | 'MODIFIED_SINCE';
  readonly catalogue: readonly RecordCatalogue[];
  readonly defaultMappings: readonly MappingDefinition[];
  readonly defaultValueLists: readonly ValueList[];
  /** Lists whose codes the system lists, by key, and what `System.codes` is asked for then; what people call its codes. */
  readonly codeLists?: Readonly<Record<string, string>>;
  readonly codeWords?: CodeWords;
  readonly streams: readonly Stream[];
  readonly targets: readonly TargetRecord[];
  /** How the system adds orders up, so that totals can be compared before anything is written. */
  readonly orderTotals?: TotalsRule;
  /** Of a system whose records name no currency: the one of all its amounts, read from its settings. Pure and total. */
  readonly amountsIn?: (settings: Document) => string;
  /** JSON Schema of the settings; secrets are marked writeOnly. */
  readonly settingsSchema: Document;
  /** Field of its records that says when they were changed last, where some of them have one; an instant. */
  readonly changedAtField?: string;
  /** Records that have a page of their own in the system, for links to it. */
  readonly pages: readonly RecordPage[];
  readonly personal: PersonalWords;
  /** Adds the computed fields of the catalogue to a record of the system with that key and those settings. Pure and total. */
  derive(record: string, document: Document, system: string, settings: Document): Document;
  /** Throws SETTINGS_INVALID with every problem in one sentence. Opens no connection. */
  connect(settings: Document, deps: ConnectorDeps): System;
}

/** What of the system's records says something of people, so that they can be erased. Pure and total. */
export interface PersonalWords {
  /** Whom a record is about that is not the customer itself: what the system calls the customer. */
  customerOf(record: string, document: Document): string | undefined;
  /**
   * The record, as it is shown or as it is written, without what says something of its customer. Amounts, dates, VAT and states
   * stay; of the customer's own record nothing does.
   */
  withoutPerson(record: string, document: Document): Document;
  /** By kind of record: fields that are said to be empty when a placeholder takes a customer's place, whatever mappings leave out. */
  readonly emptied: Readonly<Record<string, Document>>;
}

/** One kind of page of the system. Where it is, people say in a setting: a template of `base/page-template.ts`. */
export interface RecordPage {
  readonly entity: Exclude<CanonicalEntity, 'stock_location' | 'stock_level'>;
  /** Of orders: the types that this page is for; all when not given. */
  readonly types?: readonly OrderType[];
  /** Name of the setting. */
  readonly setting: string;
}

/** How a system comes from lines to totals. */
export interface TotalsRule {
  /** Where amounts are rounded to cents: `line`: each line; `rate`: the sum of all lines of one VAT rate. */
  readonly level: 'line' | 'rate';
  readonly mode: 'halfUp' | 'halfEven' | 'halfDown';
  /** Decimals that a price per unit and a discount may have. */
  readonly priceDecimals: number;
  /** Decimals that a quantity may have. */
  readonly quantityDecimals: number;
  readonly takesNegativeQuantity: boolean;
}

export interface ConnectorDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly failpoint: Failpoint;
}

export interface System {
  readonly source: Source;
  readonly target: Target;
  /** Tells which administration answered; another fingerprint than the stored one stops the streams. */
  account(signal: AbortSignal): Promise<Account>;
  /** One line per check, for people; never throws. */
  test(signal: AbortSignal): Promise<readonly ConnectionCheck[]>;
  /**
   * The fields that people have added there, as items of lists of the catalogue: all that there are now, each once. Throws when
   * they cannot be read completely; then nothing is known about which of them are gone.
   */
  discover(signal: AbortSignal): Promise<readonly DiscoveredField[]>;
  /** The codes of one of the connector's `codeLists`, each once. Throws when they cannot be read. */
  codes?(list: string, signal: AbortSignal): Promise<readonly SystemCode[]>;
  close(): Promise<void>;
}

export interface Account {
  readonly name: string;
  readonly fingerprint: string;
  readonly currency: string | null;
  readonly country: string | null;
}

export interface ConnectionCheck {
  readonly name: string;
  readonly status: 'pass' | 'warn' | 'fail';
  readonly message: string;
  readonly hint?: string;
  /** The settings that it is about, when it did not pass. */
  readonly settings?: readonly string[];
}

/** One thing that can be read incrementally. */
export interface Stream {
  /** `products`; part of the position's key. */
  readonly name: string;
  /** Kind of record in the connector's catalogue. */
  readonly record: string;
  /** The canonical entity that its inbound mapping makes. */
  readonly entity: CanonicalEntity;
  /** Where versions are times since 1970: how many of them there are in a millisecond. Then one may lie ahead of the time. */
  readonly versionsPerMs?: number;
  /** Other kinds of record that it shows among them, with the entity of each. */
  readonly others?: Readonly<Record<string, CanonicalEntity>>;
  /** The kind of a record, where it shows several; undefined: `record`. */
  readonly recordOf?: (document: Document) => string | undefined;
  /**
   * For records that are parts of what the system is written as one document (a row of stock): which part of which one. By it
   * the hub sees what others do to them. Null when the record cannot tell.
   */
  readonly partIn?: (document: Document) => DocumentPart | null;
}

/** One item of a list in a document of a target. */
export interface DocumentPart {
  readonly externalId: string;
  readonly list: string;
  /** Field of the item by which it is known among the others. */
  readonly key: string;
  readonly item: Document;
}

/** Opaque to everyone but its connector; stored as text. */
export type Position = string;

export interface Source {
  /** From `null` it reads everything (the snapshot), through the same path. Throws POSITION_BEYOND_SOURCE when the source was restored. */
  read(stream: string, from: Position | null, options: ReadOptions): Promise<Page>;
  /** The newest position now, to start a stream without its history. */
  head(stream: string, signal: AbortSignal): Promise<Position>;
  /** Whether a record of this version has changed after a position that `head` gave. Without it nothing shown there at first counts as new. */
  isAfter?(stream: string, head: Position, version: bigint): boolean;
  /** The key and version of every record, in pages; not always the whole document, which comparisons need (they `read` from `null`). */
  scan(stream: string, signal: AbortSignal): AsyncIterable<readonly SeenRecord[]>;
}

export interface ReadOptions {
  /** Most records that one page should hold; a connector may give fewer. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface Page {
  readonly records: readonly SeenRecord[];
  /** Where the next read starts; equals `from` when nothing new was seen. */
  readonly position: Position;
  /** True when the source has more now. */
  readonly more: boolean;
  /** Later pages show again only records at or above this version, so hashes of older ones can be forgotten. */
  readonly overlapFrom: bigint;
}

/** One record as the system showed it. `problem` is set when just this record could not be read; it is parked alone. */
export interface SeenRecord {
  readonly externalId: string;
  /** Rises with each change of the record (marker, microseconds); older versions never overwrite newer ones, as long as clocks are right. */
  readonly version: bigint;
  readonly document: Document;
  /** Its kind, when it is one of the `others` of the stream. */
  readonly record?: string;
  readonly problem?: KoppelError;
}

/** One kind of document that can be written. */
export interface TargetRecord {
  readonly entity: ProjectedEntity;
  /** Kind of record in the connector's catalogue. */
  readonly record: string;
  /** Most documents in one `write`. */
  readonly batch: number;
  /** The system itself refuses a second record with the same natural key, so a lost answer cannot become a duplicate. */
  readonly uniqueKey: boolean;
  /** Top-level field that holds the hub's id of the record and that the system keeps: the record is looked for by it first, after a lost answer only by it. */
  readonly mark?: string;
  /** Top-level fields by which a record that somebody else made counts as the same one (e-mail), when all are filled. */
  readonly matchBy?: readonly string[];
  /** Of people of a company: groups of top-level fields that say who one is. */
  readonly knownBy?: readonly (readonly string[])[];
  /** Of orders: what one may become there, when it may become something else than an order. */
  readonly documentTypes?: readonly OrderType[];
  /** Records of different kinds (a company, a person) never count as the same one, whatever they have in common. */
  readonly kindOf?: (document: Document) => string;
  /** Whether the call that makes a record says this field whole: then it is somebody else's edit when the record, found after a lost answer, says something else. */
  readonly isMadeWith?: (field: string) => boolean;
  /** It has no stream of its own: it is an item of the list `list` of the records of kind `record`, which its field `named` names. */
  readonly shownIn?: { readonly record: string; readonly list: string; readonly named: string };
  /** The parts of the record are known there by a number of digits, which the hub gives them. */
  readonly numbersParts?: boolean;
  /** Numbers that stand in for the own key of a part, in a record as the system shows it: by the hub's id that the part carries. */
  readonly numbersOf?: (document: Document) => readonly { readonly canonicalId: string; readonly number: string }[];
}

export interface Target {
  /** Longest life of a request in ms, from the settings: our time-out plus what the system may still do after it. */
  readonly requestLifeMs: number;
  /**
   * Writes documents of one entity; outcomes in the order of the requests. No retries inside. May batch. Aborting the
   * signal ends waiting; what was sent by then comes back as `unknown`.
   */
  write(
    entity: ProjectedEntity,
    requests: readonly WriteRequest[],
    signal: AbortSignal,
  ): Promise<readonly WriteOutcome[]>;
  /** By external id when given, else by the natural key inside the document; null when the system has no such record. */
  find(entity: ProjectedEntity, sought: Sought, signal: AbortSignal): Promise<HeldRecord | null>;
}

export interface Sought {
  readonly externalId: string | null;
  readonly document: Document;
  /**
   * `mark`: only a record that carries our mark, for targets that have one (after a lost answer). `match` (default): also one
   * that agrees in the natural key or the `matchBy` fields; what the system finds is compared again, exactly.
   */
  readonly by?: 'mark' | 'match';
}

export interface WriteRequest {
  /** Derived from target, entity, id and revision; sent as the idempotency key where the system has one. */
  readonly opKey: string;
  /** Null = create. */
  readonly externalId: string | null;
  /** Everything the record should hold. */
  readonly document: Document;
  /** Top-level fields that differ; an update sends only these. All fields on create. */
  readonly changed: readonly string[];
  /** What the system held when we last looked; null = unknown. */
  readonly held: HeldRecord | null;
  /** What was asked for last; the document itself when the record has not changed since, but how it is told (a value list). Null or absent = not known. */
  readonly asked?: Document | null;
  /** By our clock: what was sent of this record from then on may have been applied although no answer came; absent = nothing. */
  readonly doubtedSince?: Date;
}

/** A record as the target holds it now. `document` has the catalogue's fields, system-owned ones (version) included. */
export interface HeldRecord {
  readonly externalId: string;
  /** The natural key by which other records refer to it (SKU), where there is one. */
  readonly key: string | null;
  readonly document: Document;
  /** As of the records that the system's streams show, where what came back tells it: what they show of an earlier one is old. */
  readonly version?: bigint;
  /** Something in what was sent may be somebody else's: it was read after the write instead of answered to it, or goes out with what people had changed. */
  readonly mayHoldEdits?: boolean;
  /** Records inside this one that have identities of their own, by the hub's id that they carry (articles of a product). */
  readonly parts?: readonly HeldPart[];
}

export interface HeldPart {
  readonly entity: CanonicalEntity;
  readonly canonicalId: string;
  readonly externalId: string;
  readonly key: string | null;
}

export type WriteOutcome =
  | { readonly type: 'written'; readonly created: boolean; readonly held: HeldRecord }
  /** The system says that this document, or a part of it, is wrong; `held` when it has taken the other parts: what it holds now. `mayPass`: not so any more, perhaps, once other records have been written. */
  | { readonly type: 'refused'; readonly error: KoppelError; readonly held?: HeldRecord; readonly mayPass?: boolean }
  /** A record with this natural key exists already, or it was changed since we looked: look again and plan anew. */
  | { readonly type: 'stale' }
  /** The record that was to be updated is gone. */
  | { readonly type: 'gone' }
  /** Certainly not applied: not reachable, refused credentials, rate limit. */
  | { readonly type: 'failed'; readonly error: KoppelError }
  /** May have been applied. */
  | { readonly type: 'unknown'; readonly error: KoppelError };
