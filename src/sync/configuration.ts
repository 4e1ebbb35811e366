/**
 * What people have configured, ready to use: connected systems, flows, compiled mappings. Services ask for the present
 * configuration at the start of each piece of work and use that one to its end.
 */
import type { Document } from '../base/document.js';
import type { FlowEntity, ProjectedEntity } from '../canonical/entities.js';
import type { FieldOwner } from '../canonical/ownership.js';
import type { StockCalculation } from '../canonical/stock.js';
import type { GuardLimits } from '../canonical/write-harm.js';
import type { CompiledMapping } from '../mapping/mapping.js';
import type { StockPlaces } from '../mapping/stock-places.js';
import type { Catalogues } from './compile-definition.js';
import type { PublishedList } from '../store/configuration.js';
import type { Connector, System } from '../systems/system.js';

export interface ConnectedSystem {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly connector: Connector;
  readonly system: System;
  readonly settings: Document;
  readonly isPaused: boolean;
  /** Of the stored row that it was made of. */
  readonly version: number;
}

export interface FlowSettings {
  readonly batchSize: number;
  readonly createMissing: boolean;
  readonly updateExisting: boolean;
  readonly stockCalculation: StockCalculation;
  readonly country: string;
  readonly currency: string;
  /** Canonical fields that belong to the source of this flow alone, whoever said them first. */
  readonly ownedFields: readonly string[];
  /**
   * Where a stream starts that has never been read: its beginning, its present end (and of orders that the hub knows already
   * none), or (orders only) at what was placed from this instant on.
   */
  readonly startFrom: 'beginning' | 'now' | { readonly placedFrom: string };
  /** Orders placed before this instant are sent without confirmations and reservations; null = none is. Set when the flow is enabled without. */
  readonly liveFrom: string | null;
  readonly order: OrderSettings;
  /** `digitsOnly`: other SKUs are parked. `allocate`: they get a number of the range, linked for ever. */
  readonly articleNumbers: { readonly mode: 'digitsOnly' } | { readonly mode: 'allocate'; readonly from: string };
  /** From when on updates that take something away are held back. */
  readonly guard: GuardLimits;
}

export interface OrderSettings {
  /** Kinds of document that are taken from the source. */
  readonly types: readonly ('ORDER' | 'INVOICE' | 'CREDIT_NOTE')[];
  readonly documentType: 'ORDER' | 'INVOICE';
  readonly employee: string | null;
  readonly branch: string | null;
  readonly entryBranch: string | null;
  readonly workplace: string | null;
  readonly orderCategory: string | null;
  readonly shippingArticle: string | null;
  /** Null: no rounding line is allowed. */
  readonly roundingArticle: string | null;
  /** The target's own id of the default customer. */
  readonly defaultCustomer: string | null;
  readonly useDefaultCustomer: 'whenMissing' | 'always';
  /** `none`: a customer of the target is ours only when it carries our mark. */
  readonly matchCustomersBy: 'email' | 'none';
}

export interface Flow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly entity: FlowEntity;
  readonly source: string;
  readonly target: string;
  readonly isEnabled: boolean;
  /** Its systems are read: it is enabled, or the hub holds what it has to send, so that everything that waits is seen. */
  readonly isRead: boolean;
  /** It was enabled and nobody has ended it since, even while it is paused. */
  readonly isInUse: boolean;
  readonly pollEveryMs: number;
  /** When it was enabled first, or its start was set anew. */
  readonly startedAt: string;
  readonly settings: FlowSettings;
}

export interface PublishedMapping {
  readonly key: string;
  readonly version: number;
  /** Versions of the value lists that it uses. */
  readonly lists: Readonly<Record<string, number>>;
  readonly compiled: CompiledMapping;
}

export interface Configuration {
  /** Of what is stored: another one as soon as a change has committed. */
  readonly revision?: string;
  readonly systems: ReadonlyMap<string, ConnectedSystem>;
  readonly flows: readonly Flow[];
  readonly catalogues: Catalogues;
  /** What people have said of who owns a field. */
  readonly fieldOwners: readonly FieldOwner[];
  /** As they are published. */
  readonly valueLists: readonly PublishedList[];
  /** Mapping of a kind of record of a system to its canonical entity. */
  inbound(system: string, record: string): PublishedMapping | undefined;
  /** Mapping of a projected entity to a system's record. */
  outbound(system: string, entity: ProjectedEntity): PublishedMapping | undefined;
  /** The places of a system whose stock it may be told. */
  stockPlaces(system: string): StockPlaces | undefined;
  /** Whether a system counts the stock of one of its locations itself; what a flow tells it is not its count. */
  counts(system: string, location: string): boolean;
}

export interface ConfigurationSource {
  current(): Configuration;
  /** Calls back after the configuration has changed. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Takes over what is stored now; resolves also when it cannot be used. */
  refresh?(): Promise<void>;
}
