/**
 * What every resolver is given: who asks, the reads of this request, and the commands that change something. Resolvers say
 * what the graph offers and decide nothing.
 */
import type { Document } from '../base/document.js';
import type { Health } from '../schema/health.js';
import type { Caller, Keyring } from '../security/keyring.js';
import type { Reads } from '../store/reads.js';
import type { Connector, CheckResult } from '../schema/system.js';
import type { FlowSettings } from '../sync/configuration.js';
import type { FlowChange, NewFlow } from '../sync/flows.js';
import type { SettingProblem } from '../sync/setting-problems.js';
import type { ConfigurationFiles } from '../sync/configuration-import.js';
import type { FieldOwnership } from '../sync/field-ownership.js';
import type { SystemAdmin } from '../sync/system-admin.js';
import type { Markers } from '../sync/markers.js';
import type { MappingWork } from '../sync/mapping-work.js';
import type { ValueListEdits } from '../sync/value-list-edits.js';
import type { EventFeed, JobFeed } from './feed.js';
import type { FirstAnswers } from './first-answers.js';

/** What the engine can be told to do. Each throws a KoppelError when it cannot. */
export interface Commands {
  pauseFlow(key: string, reason: string | null): Promise<void>;
  resumeFlow(key: string): Promise<void>;
  /** Asks for a run now; the flow takes it up at its next turn. */
  runFlow(key: string): Promise<void>;
  /** Stored settings with their defaults; never throws. */
  settingsOf(stored: Document): FlowSettings;
  /** What is wrong with settings for a flow of this kind into a system of this kind; never throws. */
  settingProblems(entity: NewFlow['entity'], targetKind: string, settings: Document): readonly SettingProblem[];
  /** Makes a flow that does nothing until it is enabled. */
  createFlow(flow: NewFlow): Promise<void>;
  updateFlow(key: string, change: FlowChange): Promise<void>;
  enableFlow(key: string): Promise<void>;
  disableFlow(key: string): Promise<void>;
  /** How many of the open problems are being tried again. */
  /** `asOwn`: records whose mark the hub does not know are taken in as records of their own. */
  replayParked(ids: readonly string[], options: { readonly asOwn: boolean }): Promise<number>;
  discardParked(ids: readonly string[], note: string): Promise<number>;
  readonly valueLists: ValueListEdits;
  readonly mappings: MappingWork;
  readonly fieldOwnership: FieldOwnership;
  readonly systems: SystemAdmin;
  readonly markers: Markers;
  readonly configurationFiles: ConfigurationFiles;
  /** Asks a system now which fields it has; whether there are others than before. */
  discoverFields(key: string): Promise<boolean>;
  /** One entry per check, for people; never throws. */
  testSystem(key: string): Promise<readonly CheckResult[]>;
}

export interface Context {
  readonly requestId: string;
  readonly caller: Caller;
  readonly language: string;
  readonly reads: Reads;
  /** Throws when the key has ended since; called before every event of a subscription. */
  recheck(): Promise<void>;
  /** Forgets what was read before, so that the next event is answered from fresh reads. */
  renew(): void;
  /** Reads that know nothing of what was read before; for answering after a change. */
  fresh(): Reads;
  now(): Date;
  readonly commands: Commands;
  readonly keys: Keyring;
  readonly feed: EventFeed;
  readonly jobFeed: JobFeed;
  /** Ends when the request has ended or taken too long. */
  readonly signal: AbortSignal;
  health(): Promise<Health>;
  connectors(): readonly Connector[];
  audit(action: string, subject: string, detail: Document): Promise<void>;
  readonly firstAnswers: FirstAnswers;
  /** What the request costs, and what is left of the caller's budget after it. */
  readonly cost: {
    readonly requested: number;
    readonly remaining: number;
    readonly restoreRate: number;
    readonly limit: number;
  };
}
